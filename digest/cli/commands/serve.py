"""`digest serve`: the site on this machine, and every save at once."""

import webbrowser
from datetime import datetime
from pathlib import Path

import click

from digest.cli.clock import now_of
from digest.cli.crash import save_crash
from digest.cli.options import takes_site
from digest.cli.report import Reporter
from digest.cli.sites import Site, site_of
from digest.cli.stop import misuse
from digest.issues import Issue, Place, issue
from digest.preview import LOOPBACK, PORT, Builder, Session, desk, listen

_POLLING = (
    "The system has no more file watches to give, so files are polled once a second.\n"
    "  hint: to have more: sudo sysctl fs.inotify.max_user_watches=524288"
)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help=f"Default: {PORT}, or a free one near it.")
@click.option("--host", default="127.0.0.1", metavar="H", help="A name of this machine for itself. Default: 127.0.0.1.")
@click.option("--no-desk", is_flag=True, help="Without the editor's controls.")
@click.option("--open", "opens", is_flag=True, help="Open the site in the browser.")
@click.option("--now", metavar="T", help="Show the site as of this moment (ISO 8601).")
@takes_site
@click.pass_obj
def command(
    out: Reporter, port: int | None, host: str, no_desk: bool, opens: bool, now: str | None, site: Path | None
) -> int:
    """Show the site, drafts and held pages too, on this machine alone; each save is on the screen at once."""
    if host not in LOOPBACK:
        message = f"the preview is for this machine alone, not for `{host}`"
        raise misuse(message, f"take one of {', '.join(LOOPBACK)}")
    here = site_of(site)
    as_of = now_of(now, here.config.zone) if now else None
    try:
        listening = listen(host, PORT if port is None else port, only=port is not None)
    except OSError as error:
        message = f"port {port} of {host} cannot be had: {(error.strerror or '').lower()}"
        raise misuse(message, "leave `--port` out to get a free one") from error

    def ready(address: str) -> None:
        out.say(f"{address}  (Ctrl-C ends it)")
        if opens:
            webbrowser.open(address)

    with desk.opened(here.folder, wanted=not no_desk) as additions:
        session = Session(here.folder, _builder(out, here, as_of), desk=additions)
        if session.polling:
            out.tell(_POLLING)
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
    builder.show(as_of)
    return builder
