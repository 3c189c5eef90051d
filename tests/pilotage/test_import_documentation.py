from django.conf import settings

from pilotage.exchange.documentation import refresh
from pilotage.exchange.registry import all_tables


def test_the_document_lists_the_columns_of_today():
    """`manage.py describe_tables` writes them."""
    text = (settings.BASE_DIR / "docs" / "import.md").read_text(encoding="utf-8")
    assert refresh(text) == text
    for table in all_tables().values():
        for column in table.columns:
            assert f"| `{column.name}` |" in text
