from django.http import Http404


def published(request, **kwargs):
    raise Http404


def issued(request, **kwargs):
    raise Http404


def download(request, **kwargs):
    raise Http404
