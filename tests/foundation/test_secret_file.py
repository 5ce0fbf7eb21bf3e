from commonweal.foundation import secret_file


def test_a_secret_is_made_once_and_only_the_server_reads_it(tmp_path):
    path = tmp_path / "word"

    first, again = secret_file.kept(path), secret_file.kept(path)

    assert first == again
    assert len(first) >= 20
    assert path.stat().st_mode & 0o777 == 0o600
