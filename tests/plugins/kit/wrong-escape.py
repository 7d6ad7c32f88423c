"""Wrong: titles become markup."""

from correct import Exporter


class Wrong(Exporter):
    name = "wrong-escape"
    features = ["serve"]

    def page(self, request):
        return f"<!doctype html>\n<title>{request['wording']['title']}</title>\n"


if __name__ == "__main__":
    Wrong().main()
