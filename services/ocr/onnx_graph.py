"""Lays open inner values of an ONNX model as outputs, without the `onnx` package.

Protocol Buffers merge a repeated embedded message field by field, so appending a second, tiny `graph` that holds only
new outputs to a serialised ModelProto adds them (protobuf encoding guide, "Last One Wins"; onnx.proto3:
ModelProto.graph = 7, GraphProto.output = 12, ValueInfoProto.name = 1, .type = 2, TypeProto.tensor_type = 1,
Tensor.elem_type = 1).
"""

LENGTH_DELIMITED = 2
SEVEN_BITS = 0x7F
FLOAT, INT64 = 1, 7


def add_outputs(model: bytes, names: tuple[str, str]) -> bytes:
    """The model with two more outputs: values (float32) and indices (int64) of its inner TopK."""
    values, indices = names
    return add_output(add_output(model, values, FLOAT), indices, INT64)


def add_output(model: bytes, name: str, element: int) -> bytes:
    """The model with one more output of that element type (`FLOAT` or `INT64`)."""
    return model + _message(7, _output(name, element))


def _output(name: str, element: int) -> bytes:
    tensor = _message(1, b"\x08" + _varint(element))
    return _message(12, _message(1, name.encode()) + _message(2, tensor))


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | LENGTH_DELIMITED) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > SEVEN_BITS:
        out.append(number & SEVEN_BITS | 0x80)
        number >>= 7
    return bytes([*out, number])
