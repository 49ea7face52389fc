"""`digest serve`: the site on this machine, and every save at once."""

import webbrowser
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from digest.cli.options import takes_site
from digest.cli.process.abort import misuse
from digest.cli.process.clock import now_of
from digest.cli.process.crash_log import save_crash
from digest.cli.sites import Site, site_of
from digest.cli.terminal.reporter import Reporter
from digest.issues import Issue, Place, issue
from digest.preview import LOOPBACK, PORT, Builder, Guard, Session, desk, listen

_POLLING = (
    "The system has no more file watches to give, so files are polled once a second.\n"
    "  hint: to have more: sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512"
)

_PUBLIC = (
    "Whoever has this link may read drafts and change pages, until this preview ends. What is sent is not encrypted.\n"
    "  hint: send it to nobody else; a tunnel such as `ssh -L` lets one person in more safely"
)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help=f"Default: {PORT}, or a free one near it.")
@click.option("--host", default="127.0.0.1", metavar="H", help="Default: 127.0.0.1. Any other needs `--public`.")
@click.option("--public", is_flag=True, help="Let others in: whoever has the link that is printed may edit.")
@click.option("--no-desk", is_flag=True, help="Without the editor's controls.")
@click.option("--open", "opens", is_flag=True, help="Open the site in the browser.")
@click.option("--now", metavar="T", help="Show the site as of this moment (ISO 8601).")
@takes_site
@click.pass_obj
def command(  # noqa: PLR0913, PLR0917 - a parameter an option
    out: Reporter, port: int | None, host: str, public: bool, no_desk: bool, opens: bool, now: str | None,
    site: Path | None,
) -> int:  # fmt: skip
    """Show the site, drafts and held pages too, on this machine alone; each save is on the screen at once."""
    if host not in LOOPBACK and not public:
        message = f"`--host {host}` lets others in, who could read drafts and change pages"
        raise misuse(message, f"say `--public` too if that is meant; else take one of {', '.join(LOOPBACK)}")
    here = site_of(site)
    as_of = now_of(now, here.config.zone) if now else None
    try:
        listening = listen(host, PORT if port is None else port, exact=port is not None)
    except OSError as error:
        message = f"port {port} of {host} cannot be had: {(error.strerror or '').lower()}"
        raise misuse(message, "leave `--port` out to get a free one") from error

    guard = Guard(open_to_all=public)

    def ready(address: str) -> None:
        link = guard.link(address)
        out.say(f"{link}  (Ctrl-C ends it)")
        if public:
            out.tell(_PUBLIC)
        if opens:
            webbrowser.open(link)

    with desk.open_desk(here.folder, enabled=not no_desk) as additions:
        limited = partial(out.tell, _POLLING)
        session = Session(here.folder, _builder(out, here, as_of), guard, additions, limited)
        session.run(listening, ready)
    return 0


def _builder(out: Reporter, here: Site, as_of: datetime | None) -> Builder:
    def told(issues: tuple[Issue, ...]) -> None:
        out.issues(issues)
        if not issues:
            out.tell("Nothing is wrong any more.")

    def failed(error: Exception) -> Issue:
        log = save_crash(error, ["serve", "--site", str(here.folder)])
        return issue("internal", Place(), f"this is our bug, not yours: {error}", f"please report it, with {log}")

    builder = Builder(here.folder, lambda: now_of(None, here.config.zone), told, failed)
    builder.show_as_of(as_of)
    return builder
