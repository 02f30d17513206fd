"""Compiles a JSON Schema to a Python module whose `check(value)` returns all faults at once and fills in defaults.

Only the keywords below are known, and only with the type that they constrain. Any other is an error when the zip is
built, so that no constraint is dropped silently.
"""

from typing import Final, cast

from runtime.bundle import scalars
from runtime.bundle.keywords import ANNOTATIONS, OF_TYPE, TESTS, fills
from runtime.bundle.scalars import Schema, UnsupportedSchemaError

HEADER: Final = '''"""Generated when the bundle was built."""

from runtime.handlers.checks import escape, is_integer, is_multiple, is_number, kind, matches, same


def check(value):
    faults = []
    _0(value, "", faults)
    return faults
'''


def compile_schema(schema: Schema) -> str:
    """Return the source of a module with `check(value) -> list[tuple[pointer, message]]`, which fills in defaults."""
    return _Compiler(schema).source()


class _Compiler:
    """The compilation of one schema: each subschema becomes one function."""

    def __init__(self, schema: Schema) -> None:
        self._root = schema
        self._functions: list[list[str]] = []
        self._references: dict[str, str] = {}
        self._function(schema, "#")

    def source(self) -> str:
        return HEADER + "".join("\n\n" + "\n".join(lines) + "\n" for lines in self._functions)

    def _function(self, schema: Schema, where: str) -> str:
        if "$ref" in schema:
            return self._reference(schema, where)
        name = f"_{len(self._functions)}"
        lines = [f"def {name}(v, at, faults):"]
        self._functions.append(lines)  # before those of its children, so that the root is _0
        lines += [f"    {line}" for line in self._body(schema, where)] or ["    pass"]
        return name

    def _reference(self, schema: Schema, where: str) -> str:
        target = str(schema["$ref"])
        unknown = schema.keys() - ANNOTATIONS - {"$ref"}
        prefix, _, key = target.rpartition("/")
        definition = self._root.get("$defs", {}).get(key, {"$ref": ""})
        if unknown or prefix != "#/$defs" or "$ref" in definition:
            raise UnsupportedSchemaError(f"{where}: only a plain $ref into $defs is supported, not {schema}")
        if target not in self._references:
            self._references[target] = f"_{len(self._functions)}"  # set first, because it may refer to itself
            self._function(definition, target)
        return self._references[target]

    def _body(self, schema: Schema, where: str) -> list[str]:
        kind = schema.get("type")
        known = ANNOTATIONS | {"type", "enum", "const", "anyOf"}
        if kind is not None:
            if not isinstance(kind, str) or kind not in OF_TYPE:
                raise UnsupportedSchemaError(f"{where}: type {kind!r} is not supported")
            known |= OF_TYPE[kind]
        if unknown := schema.keys() - known:
            raise UnsupportedSchemaError(f"{where}: {', '.join(sorted(unknown))} is not supported with type {kind!r}")
        lines: list[str] = []
        if kind is not None:
            test, words = TESTS[kind]
            lines += [f"if not {test}:", f'    faults.append((at, "must be {words}, not " + kind(v)))', "    return"]
        lines += self._choices(schema, where)
        if kind in ("number", "integer"):
            lines += scalars.number(schema, where)
        elif kind == "string":
            lines += scalars.string(schema, where)
        elif kind == "array":
            lines += self._array(schema, where)
        elif kind == "object":
            lines += self._object(schema, where)
        return lines

    def _choices(self, schema: Schema, where: str) -> list[str]:
        lines: list[str] = []
        if "enum" in schema or "const" in schema:
            options = schema["enum"] if "enum" in schema else [schema["const"]]
            known = ", ".join(scalars.text(option) for option in options)
            text = f"must be one of {known}" if len(options) > 1 else f"must be {known}"
            lines += scalars.unless(f"any(same(v, each) for each in {scalars.literal(options, where)})", text)
        if "anyOf" in schema:
            lines += self._any_of(schema["anyOf"], where)
        return lines

    def _any_of(self, branches: list[Schema], where: str) -> list[str]:
        for branch in branches:
            if fills(branch, self._root, set()):
                raise UnsupportedSchemaError(f"{where}: a default within anyOf is not supported")
        names = [self._function(branch, f"{where}/anyOf/{index}") for index, branch in enumerate(branches)]
        real = [name for name, branch in zip(names, branches, strict=True) if branch.get("type") != "null"]
        lines = [f"for branch in ({', '.join(names)},):", "    tried = []", "    branch(v, at, tried)"]
        lines += ["    if not tried:", "        break", "else:"]
        if len(real) == 1:  # the usual "this or null": report the faults of "this"
            return [*lines, f"    {real[0]}(v, at, faults)"]
        return [*lines, '    faults.append((at, "fits none of the forms that are allowed here"))']

    def _array(self, schema: Schema, where: str) -> list[str]:
        lines: list[str] = []
        for keyword, sign, words in (("minItems", ">=", "needs at least"), ("maxItems", "<=", "takes at most")):
            if keyword in schema:
                count = scalars.count(schema, keyword, where)
                lines += scalars.unless(f"len(v) {sign} {count}", f"{words} {_entries(schema[keyword])}")
        if "items" in schema:
            name = self._function(schema["items"], f"{where}/items")
            lines += ["for index, each in enumerate(v):", f'    {name}(each, f"{{at}}/{{index}}", faults)']
        return lines

    def _object(self, schema: Schema, where: str) -> list[str]:
        properties = cast("dict[str, Schema]", schema.get("properties", {}))
        required = schema.get("required", [])
        lines: list[str] = []
        extra = schema.get("additionalProperties", True)
        if extra is not True:
            lines += ["for key in v:", f"    if key not in {scalars.names(properties)}:"]
            if extra is False:
                words = f"is not known here; known: {', '.join(properties) or 'nothing'}"
                lines.append(f'        faults.append((at + "/" + escape(key), {words!r}))')
            else:
                name = self._function(extra, f"{where}/additionalProperties")
                lines.append(f'        {name}(v[key], at + "/" + escape(key), faults)')
        for key in [*properties, *(key for key in required if key not in properties)]:
            subschema = properties.get(key, {})
            step = "/" + key.replace("~", "~0").replace("/", "~1")
            if key in properties:
                name = self._function(subschema, f"{where}/properties/{key}")
                lines += [f"if {key!r} in v:", f"    {name}(v[{key!r}], at + {step!r}, faults)"]
            if key in required:
                lines += [f"if {key!r} not in v:", f'    faults.append((at + {step!r}, "is required"))']
            elif "default" in subschema:
                # A literal is a new object in each call, so that no two requests share a default.
                lines += [f"if {key!r} not in v:", f"    v[{key!r}] = {scalars.literal(subschema['default'], where)}"]
        return lines


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
