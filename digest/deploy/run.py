"""A shipment: stage, put, delete, manifest. The same few steps for every kind of target."""

from pathlib import Path

from msgspec import Struct

from digest.deploy.manifest import NAME, parse_manifest
from digest.deploy.plan import Plan, plan
from digest.deploy.targets.target import Target
from digest.issues import Issue, Place, fails, issue
from digest.model import Manifest


class Shipment(Struct, frozen=True, kw_only=True):
    """Result of a shipment; with a dry run what it would do. Nothing was changed when `ok` is false."""

    ok: bool
    plan: Plan | None = None
    issues: tuple[Issue, ...] = ()


def ship(output: Path, target: Target, *, dry_run: bool = False) -> Shipment:
    """Makes the target what the output folder is."""
    path = output / NAME
    new = parse_manifest(path.read_bytes()) if path.is_file() else None
    if new is None:
        wrong = issue("output-missing", Place(path.name), "the output has no manifest", "build the site first")
        return Shipment(ok=False, issues=(wrong,))
    return _carried_out(new, target, output, dry_run=dry_run)


def rollback(target: Target, *, dry_run: bool = False) -> Shipment:
    """Makes the target what it was before its last shipment."""
    before = target.before()
    if before is None:
        wrong = issue("rollback-missing", Place(str(target)), "there is no release before this one", "")
        return Shipment(ok=False, issues=(wrong,))
    return _carried_out(before, target, None, dry_run=dry_run)


def _carried_out(new: Manifest, target: Target, output: Path | None, *, dry_run: bool) -> Shipment:
    old, issues = target.manifest()
    if fails(issues):
        return Shipment(ok=False, issues=issues)
    todo = plan(old, new)
    if dry_run or old == new:
        return Shipment(ok=True, plan=todo, issues=issues)
    issues += target.stage(todo, output)
    if fails(issues):
        return Shipment(ok=False, plan=todo, issues=issues)
    for file in todo.put:
        target.put(file)
    for file in todo.delete:
        target.delete(file)
    target.finish(todo, back=output is None)
    return Shipment(ok=True, plan=todo, issues=issues)
