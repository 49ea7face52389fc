"""The group of all commands. A command's module is imported when it is called, so that each starts fast."""

from importlib import import_module

import click

from digest import __version__
from digest.cli.process.abort import misuse

# name → what `digest --help` says of it: nothing is imported to print that
COMMANDS = {
    "new": "Make a site that builds at once.",
    "import": "Turn dumps into pages.",
    "adopt": "Write into hand-made pages what the build would infer.",
    "build": "Build the site.",
    "serve": "Show the site on this machine, and every save at once.",
    "check": "List every issue of the site.",
    "label": "Say the region and category of headlines.",
    "thread": "Say which headlines tell one story.",
    "explain": "Say where a page came from, and why it is what it is.",
    "story": "Merge, split and pin stories.",
    "next": "Say when the output changes by itself.",
    "kill": "Take a page off the site.",
    "hold": "Keep a page from being published.",
    "release": "Publish a held or killed page.",
    "deploy": "Ship the output.",
    "rollback": "Go back to the release before.",
    "theme": "List, check and eject themes.",
    "completion": "Print the completion script of a shell.",
}
# where a command is not `command` in the module of its name
_ELSEWHERE = {
    "import": ("import_dumps", "command"),
    "kill": ("status", "kill"),
    "hold": ("status", "hold"),
    "release": ("status", "release"),
}


class Commands(click.Group):
    """Knows its commands by name, and imports the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command, from its module."""
        if cmd_name not in COMMANDS:
            return None
        module, name = _ELSEWHERE.get(cmd_name, (cmd_name, "command"))
        command: click.Command = getattr(import_module(f"digest.cli.commands.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a guess at what was meant."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - slow to import, and only this needs it

            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f"did you mean `digest {near[0]}`?" if near else "see `digest --help`"
            message = f"there is no command `{args[0]}`"
            raise misuse(message, hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The list of commands, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


cli = Commands(
    "digest",
    help="From the wire to a newspaper: dumps in, a fast static site out.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
cli = click.version_option(__version__, prog_name="digest", message="%(prog)s %(version)s")(cli)
