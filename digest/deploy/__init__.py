"""Ships a built site to where it is served from. Knows nothing of the site but its manifest."""

from digest.deploy.plan import Plan, plan
from digest.deploy.run import Shipment, rollback, ship
from digest.deploy.targets.target import Target, target_of

__all__ = ["Plan", "Shipment", "Target", "plan", "rollback", "ship", "target_of"]
