"""Wrong: it refuses keys that it does not know."""

from correct import Exporter

KNOWN = {
    "request", "protocol", "options", "instrument", "wording", "wordings", "scores", "sources",
    "paper", "layout", "accept_recalled_keys", "leave_out_scores", "house",
}


class Wrong(Exporter):
    name = "unknown-key"
    features = ["serve"]

    def export(self, request):
        if set(request) - KNOWN:
            return {"protocol": 1, "refusal": {"message": "the request has a key that is not known"}}
        return super().export(request)


if __name__ == "__main__":
    Wrong().main()
