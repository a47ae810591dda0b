from tests import frozen_flush


def pytest_configure():
    frozen_flush.install()
