from spr_portal.background.worker import Worker


def work_off() -> None:
    """Do every task that is ready, in this process; the test must commit for real."""
    Worker(interval=0, max_tasks=None, batch=True).run()
