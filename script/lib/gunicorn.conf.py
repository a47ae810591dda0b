"""How script/server runs the web server: one process with threads, for one machine."""

worker_class = "gthread"
workers = 1
threads = 8
preload_app = True  # so that "ready" is said when the first page can really be served
graceful_timeout = 5
loglevel = "warning"
control_socket_disable = True


def when_ready(server):
    """Say where the portal is, once it answers."""
    address = server.cfg.bind[0]
    print(f"\nThe portal is ready: http://{address}\nStop it with Ctrl-C.", flush=True)
