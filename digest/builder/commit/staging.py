"""Stages one file and returns its row for the state."""

import hashlib

from digest.builder.commit.stage import Stage
from digest.builder.incremental.plan import RenderJob
from digest.builder.state.schema import PageRow


def stage_file(stage: Stage, job: RenderJob, data: bytes) -> tuple[PageRow, bool]:
    """Stage a file. Return its row and whether its bytes are new. The later rename keeps the mtime."""
    fresh, mtime = stage.put(job.file, data)
    folded = job.file.casefold()
    row = PageRow(
        url=job.page.url,
        kind=job.page.kind,
        key=job.page.key,
        file=job.file,
        folded_file=job.file if folded == job.file else folded,
        page_key=job.page_key,
        digest=hashlib.blake2b(data, digest_size=16).hexdigest(),
        size=len(data),
        mtime=mtime,
        type=job.type,
    )
    return row, fresh
