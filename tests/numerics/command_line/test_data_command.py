NO_NETWORK = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:1")


def test_without_a_network_it_says_so_in_one_line(command, monkeypatch, tmp_path):
    for variable, proxy in NO_NETWORK.items():
        monkeypatch.setenv(variable, proxy)
    for name in ("cifar10", "svhn", "speech"):
        result = command("data", "fetch", name, "--dir", str(tmp_path))
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.startswith("sharpness: http")
        assert "no network reaches it" in result.stderr
        assert "put it into" in result.stderr
        assert result.stderr.count("\n") == 1


def test_names_are_checked_before_anything_is_fetched(command):
    result = command("data", "fetch", "cifar10", "imagenet")
    assert result.returncode == 2
    assert "there is no data set 'imagenet'; fetch cifar10, svhn, speech" in result.stderr


def test_help_says_what_there_is(command):
    shown = command("data", "fetch", "--help").stdout
    for name in ("cifar10", "svhn", "speech", "2.4 GB", "Examples"):
        assert name in shown
    assert "fetch" in command("data", "--help").stdout
