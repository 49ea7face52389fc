"""Shared by `deploy` and `rollback`: choose the target, report the result."""

from digest.cli.process.abort import Stop
from digest.cli.sites import Site
from digest.cli.terminal.reporter import Reporter, count
from digest.config import NAME
from digest.deploy import Plan, Shipment, Target, target_of
from digest.issues import Place, issue


def chosen(site: Site, name: str | None) -> Target:
    """Return the target of that name; without a name the only target."""
    targets = site.config.targets
    if name is None and len(targets) == 1:
        name = next(iter(targets))
    if name in targets:
        return target_of(targets[name], site.folder)
    names = ", ".join(targets)
    hint = f"the site has: {names}" if targets else 'add a table such as [targets.live] with path = "/srv/www/news"'
    message = f"there is no target `{name}`" if name else "which target?" if targets else "the site has no target"
    raise Stop(issue("target-unknown", Place(NAME), message, hint))


def ended(out: Reporter, site: Site, target: Target, shipment: Shipment, *, dry_run: bool) -> int:
    """Report a shipment; with a dry run list every file that it would upload or delete."""
    todo = shipment.plan
    if todo and dry_run:
        before = {f.path for f in todo.old.files}
        for file in todo.put:
            out.say(f"{'~' if file.path in before else '+'} {file.path}")
        for file in todo.delete:
            out.say(f"- {file.path}")
    data = {"target": str(target), "dry_run": dry_run, **(_plain(todo) if todo else {})}
    summary = _summary(target, todo, shipment, dry_run=dry_run)
    return out.end(shipment.issues, summary=summary, data=data, severities=site.severities)


def _summary(target: Target, todo: Plan | None, shipment: Shipment, *, dry_run: bool) -> str:
    if todo is None or not shipment.ok:
        return f"Not shipped. {target} is as it was."
    verb = "Would ship to" if dry_run else "Shipped to"
    figures = (
        f"{count(len(todo.put), 'file')} put ({todo.size:,} bytes), {todo.kept:,} kept, {len(todo.delete):,} deleted"
    )
    return f"{verb} {target}: {figures}."


def _plain(todo: Plan) -> dict[str, list[str] | int]:
    put, deleted = [f.path for f in todo.put], [f.path for f in todo.delete]
    return {"put": put, "deleted": deleted, "kept": todo.kept, "bytes": todo.size}
