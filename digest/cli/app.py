"""The command group. The module of a command is imported only when it runs, so every command starts fast."""

from importlib import import_module

import click

from digest import __version__
from digest.cli.process.abort import misuse

# name → its line in `digest --help`, which is printed without importing the command
COMMANDS = {
    "new": "Create a site that builds at once.",
    "import": "Turn dumps into pages.",
    "adopt": "Write inferred fields into hand-made pages.",
    "build": "Build the site.",
    "serve": "Preview the site on this machine; every save shows at once.",
    "check": "List every issue of the site.",
    "label": "Print the region and category of headlines.",
    "thread": "Group headlines into stories.",
    "explain": "Show the origin of a page and the reasons for its labels.",
    "story": "Merge, split and pin stories.",
    "next": "Print when the output will change by itself.",
    "kill": "Withdraw a page.",
    "hold": "Keep a page from being published.",
    "release": "Publish a held or killed page.",
    "deploy": "Ship the output to a target.",
    "rollback": "Return a target to the release before.",
    "theme": "List, check and eject themes.",
    "completion": "Print the completion script of a shell.",
}
# commands that are not `command` in the module of their name
_ELSEWHERE = {
    "import": ("import_dumps", "command"),
    "kill": ("status", "kill"),
    "hold": ("status", "hold"),
    "release": ("status", "release"),
}


class Commands(click.Group):
    """Click group that imports a command on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return all names, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        module, name = _ELSEWHERE.get(cmd_name, (cmd_name, "command"))
        command: click.Command = getattr(import_module(f"digest.cli.commands.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a command; for an unknown name suggest the nearest one."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - slow to import, and only this needs it

            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f"did you mean `digest {near[0]}`?" if near else "see `digest --help`"
            message = f"there is no command `{args[0]}`"
            raise misuse(message, hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


cli = Commands(
    "digest",
    help="From the wire to a newspaper: dumps in, a fast static site out.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
cli = click.version_option(__version__, prog_name="digest", message="%(prog)s %(version)s")(cli)
