from django.http import Http404


def assessment(request, **kwargs):
    raise Http404
