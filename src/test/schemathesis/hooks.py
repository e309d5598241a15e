"""How schemathesis writes the bodies whose media types it does not know: as the text or bytes it made up."""
import schemathesis


@schemathesis.serializer("application/x-ndjson", "application/x-protobuf")
def as_bytes(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode()
