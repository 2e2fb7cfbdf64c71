"""Hypothesis profiles: `dev` by default, `ci` where CI is set, `thorough` on demand (HYPOTHESIS_PROFILE)."""

import os

from hypothesis import HealthCheck, settings

_slow = [HealthCheck.too_slow]  # the machines that run these are shared
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=_slow)
settings.register_profile("ci", max_examples=150, deadline=None, suppress_health_check=_slow, print_blob=True)
settings.register_profile("thorough", max_examples=2000, deadline=None, suppress_health_check=_slow, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))
