def finish(b): return b
