"""Forms of the bilans."""
