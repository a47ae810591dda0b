import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_pages")]


def test_a(client):
    r = client.get("/sample/")
    open("/tmp/h/s.html", "wb").write(r.content)
    assert r.status_code == 200
    r = client.post("/sample/", {"title": ""})
    open("/tmp/h/se.html", "wb").write(r.content)
    assert r.status_code == 200
    r = client.post("/sample/crispy/", {"title": ""})
    open("/tmp/h/sc.html", "wb").write(r.content)
    assert r.status_code == 200
    assert client.get("/accessibility/").status_code == 200
    assert client.get("/colour/1d70b8.css").status_code == 200
