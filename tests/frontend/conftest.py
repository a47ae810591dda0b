from tests.frontend.sample import sample_pages

__all__ = ["sample_pages"]
