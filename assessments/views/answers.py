from django.http import Http404


def part(request, **kwargs):
    raise Http404
