from tests import audit_flush


def pytest_configure():
    audit_flush.install()
