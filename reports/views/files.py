from django.http import Http404


def files(request, **kwargs):
    raise Http404


def progress(request, **kwargs):
    raise Http404


def ask(request, **kwargs):
    raise Http404


def download_draft(request, **kwargs):
    raise Http404
