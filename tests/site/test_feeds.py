"""Times in feeds."""

from datetime import datetime
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from digest.site.kinds.feeds import rfc822_of


@given(st.datetimes(timezones=st.timezones()))
def test_rfc822_of_equals_the_format_of_mail(at: datetime) -> None:
    assert rfc822_of(at) == format_datetime(at)
