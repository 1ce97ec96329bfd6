"""A password hasher that remembers which accounts it was asked to check, and when."""

import threading
from collections import defaultdict

from django.contrib.auth.hashers import MD5PasswordHasher
from django.utils import timezone


class CountingHasher(MD5PasswordHasher):
    """Quick, since ten thousand guesses are about counting and not about time; told apart by its salt."""

    algorithm = "counted"
    checks = defaultdict(list)
    lock = threading.Lock()

    def verify(self, password, encoded):
        with self.lock:
            self.checks[encoded].append(timezone.now())
        return super().verify(password, encoded)
