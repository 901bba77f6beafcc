"""Shell text: what it sets, reads, calls and installs, and what it only says."""

from __future__ import annotations

import pytest

from migrate_cli.sites.page import Page
from migrate_cli.sites.shell_lines import shell_sites


def found(text: str) -> list[str]:
    """Kind, symbol and place of each site."""
    sites = shell_sites(Page.of("run.sh", text))
    return [f"{s.kind.value} {s.symbol} {s.location.line}:{s.location.column}" for s in sites]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("export OPENAI_API_KEY=abc", "environment OPENAI_API_KEY 1:1"),
        ("OPENAI_API_KEY=abc python app.py", "environment OPENAI_API_KEY 1:1"),
        ("export OPENAI_API_KEY=$OPENAI_API_KEY", "environment OPENAI_API_KEY 1:1"),
        ('$env:OPENAI_API_KEY = "abc"', "environment OPENAI_API_KEY 1:1"),
        ("set OPENAI_API_KEY=abc", "environment OPENAI_API_KEY 1:1"),
        ('setx AZURE_OPENAI_ENDPOINT "https://x"', "environment AZURE_OPENAI_ENDPOINT 1:6"),
        ("set -gx OPENAI_API_KEY abc", "environment OPENAI_API_KEY 1:9"),
        ("unset OPENAI_API_KEY", "environment OPENAI_API_KEY 1:7"),
        ("docker run -e OPENAI_API_KEY app", "environment OPENAI_API_KEY 1:15"),
        ("gh secret set OPENAI_API_KEY", "environment OPENAI_API_KEY 1:15"),
        ("run --key ${OPENAI_API_KEY:?}", "environment OPENAI_API_KEY 1:11"),
        ("echo %OPENAI_API_KEY%", "environment OPENAI_API_KEY 1:6"),
        ('echo "OPENAI_API_KEY=$key" >> .env', "environment OPENAI_API_KEY 1:7"),
        ("%env OPENAI_API_KEY=abc", "environment OPENAI_API_KEY 1:6"),
        ("BASE=https://api.openai.com/v1", "url api.openai.com 1:6"),
        ("nc -z api.openai.com 443", "url api.openai.com 1:7"),
        ("curl https://api.openai.com/v1/models", "request curl 1:1"),
        ("if ! curl -sf https://api.openai.com/v1/models; then exit; fi", "request curl 1:6"),
        ("pip install -U 'openai>=1,<2' requests", "dependency openai 1:17"),
        ("python -m pip install tiktoken==0.5", "dependency tiktoken 1:23"),
        ("uv add langchain-openai", "dependency langchain-openai 1:8"),
        ("!pip install langchain[openai]", "dependency langchain 1:14"),
    ],
)
def test_a_line_with_a_site(line: str, expected: str) -> None:
    assert found(line) == [expected]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "# export OPENAI_API_KEY=abc",
        "make all # needs OPENAI_API_KEY=abc",
        "REM set OPENAI_API_KEY=abc",
        'echo "Please set OPENAI_API_KEY=your-key"',
        'echo "export OPENAI_API_KEY first" >&2',
        "echo 'cost of $OPENAI_API_KEY'",
        "printf 'see https://api.openai.com/v1'",
        "cat <<EOF\nexport OPENAI_API_KEY=abc\nEOF",
        "export MY_OPENAI_API_KEY=abc",
        "export GROQ_API_KEY=abc",
        "curl https://api.groq.com/openai/v1/models",
        "curl https://platform.openai.com/docs",
        "pip install openai-whisper langchain",
        "pip install -r openai.txt",
        "pip uninstall openai",
        "cd openai && ls",
    ],
)
def test_comments_messages_and_other_names_are_left_alone(line: str) -> None:
    assert found(line) == []


def test_a_request_over_several_lines_has_its_model_and_endpoint() -> None:
    text = (
        "set -e\ncurl https://api.openai.com/v1/chat/completions \\\n"
        '  -H "Authorization: Bearer $OPENAI_API_KEY" \\\n'
        '  -d \'{"model": "gpt-4o", "messages": []}\' | jq .\n'
    )
    request, key = shell_sites(Page.of("run.sh", text))
    assert (request.endpoint, request.location.line, request.location.end_line) == ("chat.completions", 2, 4)
    assert [a.literal for a in request.arguments] == ["gpt-4o"]
    assert (key.symbol, key.location.line) == ("OPENAI_API_KEY", 3)


def test_a_heredoc_that_is_written_to_a_file_counts() -> None:
    assert found("cat > .env <<EOF\nOPENAI_API_KEY=abc\nEOF\n") == ["environment OPENAI_API_KEY 2:1"]


def test_a_stretch_of_a_file_keeps_its_place() -> None:
    text = "run: |\n  export OPENAI_API_KEY=abc\n"
    [site] = shell_sites(Page.of("ci.yaml", text), text[7:], 7)
    assert text.encode()[site.anchor.start : site.anchor.end] == b"OPENAI_API_KEY"


def test_a_literal_key_is_masked() -> None:
    key = "sk-" + "aB3dE6gH9jK2mN5pQ8sT"
    assert key not in repr(shell_sites(Page.of("run.sh", f"export OPENAI_API_KEY={key}\n")))
