"""The only package that knows there was a previous build. `build(request)` makes a site or brings it up to date."""

from digest.build.pipeline import build
from digest.build.request import BuildRequest, Changes, Progress, Report
from digest.build.verify import verify
from digest.build.why import next_change, why
from digest.site.context import Audience

__all__ = ["Audience", "BuildRequest", "Changes", "Progress", "Report", "build", "next_change", "verify", "why"]
