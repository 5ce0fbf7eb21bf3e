import pytest

from commonweal.config import environment
from commonweal.config.environment import WrongSetting


def test_a_setting_comes_from_its_variable(tmp_path):
    known = environment.read({"COMMONWEAL_DATA": str(tmp_path), "COMMONWEAL_PROXIES": "2"})

    assert known.data == tmp_path
    assert known.proxies == 2
    assert known.debug is False


def test_a_misspelled_setting_is_refused():
    with pytest.raises(WrongSetting, match="COMMONWEAL_SECRET_KYE is not a setting"):
        environment.read({"COMMONWEAL_SECRET_KYE": "x"})


def test_a_secret_may_stand_in_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text("hidden\n")

    known = environment.read({"COMMONWEAL_SECRET_KEY_FILE": str(file)})

    assert known.secret_key == "hidden"


def test_a_secret_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(WrongSetting, match="which is not a file"):
        environment.read({"COMMONWEAL_SECRET_KEY_FILE": str(tmp_path / "none")})


def test_the_data_folder_remembers_settings_and_the_environment_overrules_them(tmp_path):
    (tmp_path / "settings.env").write_text("# keys\nCOMMONWEAL_HOSTS=a.org\nCOMMONWEAL_PROXIES=1\n")

    known = environment.read({"COMMONWEAL_DATA": str(tmp_path), "COMMONWEAL_HOSTS": "b.org"})

    assert known.hosts == "b.org"
    assert known.proxies == 1


@pytest.mark.parametrize(
    ("name", "text"), [("COMMONWEAL_DEBUG", "maybe"), ("COMMONWEAL_PROXIES", "many")]
)
def test_a_value_of_the_wrong_sort_is_refused_by_name(name, text):
    with pytest.raises(WrongSetting, match=name):
        environment.read({name: text})
