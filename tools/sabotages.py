"""The single mistakes that `sabotage.py` plants, each with the test that should notice it first."""

from __future__ import annotations

from typing import NamedTuple


class Sabotage(NamedTuple):
    """One mistake, and the test file that should notice it first; in the transpiler and its tests unless a directory is named."""

    file: str
    old: str
    new: str
    test: str


PYTHON = "helpers_equal_python"
CALLS = "calls_equal_python"
JINJA = "templates_equal_jinja"
SLICE = "slice_equals_helm"
FILES = "chart_files"
VALUES = "values"
SCHEMA = "schema"
SUBSET = "everything_can_be_a_chart"
EXAMPLES = "examples_equal_helm"
PROPERTY = "charts_equal_render"
PATCHES = "patches_equal_helm"
SPECIALISED = "specialised"
HEALTH = "resolve/health"

SABOTAGES = (
    # the passes, and in which order helpers are written
    Sabotage("transpile.py", "if number >= FREE_PASSES:", "if number >= MOST_PASSES:", SPECIALISED),
    Sabotage("callers.py", "return tuple(reversed(order))", "return tuple(order)", JINJA),
    # values, and how they are printed, stored and compared
    Sabotage("golang.py", '"true" if value else "false"', '"true" if value else "true"', CALLS),
    Sabotage("golang.py", 'f"(int64 {one})" if type(one) is int', "str(one) if type(one) is int", PYTHON),
    Sabotage("golang.py", 'if root == "." else f"{root}."', 'if root else f"{root}."', PYTHON),
    Sabotage(
        "golang.py",
        '    return f"({code})"\n\n\ndef is_one_string',
        "    return code\n\n\ndef is_one_string",
        PYTHON,
    ),
    Sabotage(
        "golang.py", "value.code if value.whole or value.known else", "value.code if value else", PYTHON
    ),
    Sabotage("golang.py", 'if any(each.startswith("list ") for each in lists) else', "if code else", PYTHON),
    Sabotage("golang.py", "    if value.textual:\n", "    if not value.code:\n", JINJA),
    Sabotage("golang.py", "return 'index dict \"\"'", "return '\"\"'", PYTHON),
    Sabotage(
        "golang.py",
        "return number(value) if value.is_number and not value.optional else",
        "return",
        CALLS,
    ),
    Sabotage(
        "golang.py", "value.is_number and not value.optional else plain", "value.is_number else plain", PYTHON
    ),
    Sabotage(
        "golang.py",
        "return f'printf \"%d\" {term(number(value))}'",
        "return f'printf \"%v\" {term(value.code)}'",
        CALLS,
    ),
    Sabotage(
        "golang.py", 'return f"include {json.dumps(helper)} {term(value.code)}"', "return value.code", PYTHON
    ),
    Sabotage("golang.py", 'return f"{value.code} | quote"', "return value.code", JINJA),
    Sabotage(
        "golang.py",
        "return answered[1] if answered else number(value)",
        "return answered[1] if answered else value.code",
        JINJA,
    ),
    Sabotage(
        "golang.py",
        "    if value.is_boolean:\n        return plain(value)",
        "    if value.is_boolean:\n        return value.code",
        JINJA,
    ),
    Sabotage("golang.py", 'return call("toJson", plain(value))', "return plain(value)", JINJA),
    Sabotage(
        "golang.py", "right.is_number and not (left.optional or right.optional)", "right.is_number", PYTHON
    ),
    Sabotage("golang.py", "optional = safe or not found.always", "optional = not found.always", CALLS),
    Sabotage("golang.py", "if safe or not (SIMPLE", "if not (SIMPLE", JINJA),
    Sabotage("golang.py", "one.constant == other.constant and one.type == other.type", "one.code", CALLS),
    Sabotage("golang.py", "absent = any(value.optional", "absent = all(value.optional", JINJA),
    # what a chart carries, how helpers are called and answer
    Sabotage(
        "helpers.py",
        'constant(found.field.default if found.field.kind == "default" else None, found.type)',
        "constant(None, found.type)",
        JINJA,
    ),
    Sabotage(
        "helpers.py",
        'if not used and found.field.kind == "default" and found.type.shape == "model"',
        "if not used and not base.code",
        JINJA,
    ),
    Sabotage(
        "helpers.py",
        "return not any(self.usage.has((*path, ENTRY)) for path in value.paths)",
        "return True",
        JINJA,
    ),
    Sabotage("helpers.py", "        return replace(value, paths=used)", "        return value", FILES),
    Sabotage(
        "helpers.py",
        "if found.always:\n            yield from always_below",
        "if not key:\n            yield from always_below",
        JINJA,
    ),
    Sabotage("helpers.py", "optional=key in signature.may_be_none,", "optional=False,", PYTHON),
    Sabotage(
        "golang.py",
        "known[name] = merged(known[name], value) if name in known else value",
        "known[name] = value",
        CALLS,
    ),
    Sabotage("helpers.py", "        self.given |= notes.given\n", "", SLICE),
    Sabotage("helpers.py", "        self.features |= notes.features\n", "", FILES),
    Sabotage(
        "helpers.py",
        "            self.functions.setdefault(name, function)\n            self.note",
        "            self.note",
        CALLS,
    ),
    Sabotage(
        "helpers.py",
        "if not signature.optional and signature.returns.shape",
        "if signature.returns.shape",
        PYTHON,
    ),
    Sabotage("helpers.py", 'textual=codec == "boolean")', "textual=False)", JINJA),
    Sabotage("helpers.py", "(json.dumps(key), plain(value))", "(json.dumps(key), value.code)", CALLS),
    Sabotage("helpers.py", 'return f"{self.chart}.{name}"', "return name", FILES),
    Sabotage(
        "helpers.py",
        '"name": ".Release.Name", "namespace": ".Release.Namespace"',
        '"name": ".Chart.Name", "namespace": ".Release.Namespace"',
        FILES,
    ),
    Sabotage("helpers.py", '"namespace": ".Release.Namespace"', '"namespace": ".Release.Name"', JINJA),
    Sabotage("helpers.py", "helpers.own('fullname')", "helpers.own('name')", FILES),
    Sabotage("helpers.py", "return literal(None) if printed else", "return", SUBSET),
    Sabotage("helpers.py", "        helpers.features.add(arguments[0].constant)\n", "", FILES),
    Sabotage(
        "helpers.py",
        "features.available(arguments[0].constant, helpers.minor)",
        "features.available(arguments[0].constant, 25)",
        EXAMPLES,
    ),
    Sabotage(
        "helpers.py", "{{- else -}}{{- int64 . -}}{{- end -}}", "{{- else -}}{{- . -}}{{- end -}}", PYTHON
    ),
    Sabotage("helpers.py", "contains $name .Release.Name", "contains .Release.Name $name", FILES),
    Sabotage(
        "helpers.py", 'or (contains "." .) (contains "/" .) (not .)', 'or (contains "." .) (not .)', PYTHON
    ),
    # statements of derived values
    Sabotage(
        "inline.py",
        "isinstance(function, Derivation) and function.given)",
        "isinstance(function, Derivation) and function.name == '')",
        CALLS,
    ),
    Sabotage("inline.py", "        helpers.keep(notes)\n", "", CALLS),
    Sabotage(
        "inline.py",
        "return Value(number(value), signature.returns, whole=True)",
        "return Value(value.code, signature.returns, whole=True)",
        CALLS,
    ),
    Sabotage(
        "derivations.py",
        "self.say(f'if not (kindIs \"invalid\" {term(given.code)})')",
        "self.say(f'if {given.code}')",
        SLICE,
    ),
    Sabotage(
        "derivations.py",
        "self.helpers.given.update((path, *entries_of(here.type, path)))",
        "pass",
        SUBSET,
    ),
    Sabotage("usage.py", "        yield (*path, ENTRY)\n", "        return\n", VALUES),
    Sabotage("derivations.py", "return body if returns(body) else [*body, *rest]", "return body", PYTHON),
    Sabotage("derivations.py", "and found[0].constant == found[1].constant", "", CALLS),
    Sabotage(
        "derivations.py",
        "self.branches(truth(test), *branches)",
        "self.branches(call('not', test.code), *branches)",
        PYTHON,
    ),
    Sabotage("derivations.py", "        self.write_out(changed_names([*body, *otherwise]))\n", "", CALLS),
    Sabotage("derivations.py", "self.say(f\"if {call('not', test)}\")", 'self.say(f"if {test}")', CALLS),
    Sabotage(
        "derivations.py",
        "                if value.constant:\n                    self.say('\"true\"')",
        "                if True:\n                    self.say('\"true\"')",
        CALLS,
    ),
    Sabotage(
        "derivations.py",
        "self.say(f'dict \"v\" {term(plain(value))} | toJson')",
        "self.say(f'dict \"v\" {term(value.code)} | toJson')",
        CALLS,
    ),
    Sabotage(
        "derivations.py",
        "self.block(node.body if test.constant else node.orelse)",
        "self.block(node.body)",
        CALLS,
    ),
    Sabotage("derivations.py", "                self.declare(node.body + node.orelse)\n", "", CALLS),
    Sabotage(
        "derivations.py",
        'self.say("break" if isinstance(node, ast.Break) else "continue")',
        'self.say("break")',
        CALLS,
    ),
    Sabotage("derivations.py", "            self.write_out([target.value.id])\n", "", CALLS),
    Sabotage(
        "derivations.py",
        "name in self.once and (self.quiet or is_path(value.code))",
        "name in self.once",
        CALLS,
    ),
    Sabotage(
        "derivations.py",
        "declared and (value.known or (name in self.once and",
        "declared and (value.known or (name and",
        CALLS,
    ),
    Sabotage("derivations.py", "{'=' if declared else ':='}", ":=", PYTHON),
    Sabotage(
        "derivations.py",
        "optional = value.optional or value.constant is None or known.optional",
        "optional = False",
        CALLS,
    ),
    Sabotage(
        "derivations.py",
        "self.tried(run) is not None and {**left[0], **names} == left[0]",
        "self.tried(run) is not None",
        CALLS,
    ),
    Sabotage("derivations.py", "        self.write_out(changed_names(node.body))\n", "", CALLS),
    Sabotage(
        "derivations.py",
        "{call('append', changed.code, as_item(value))}",
        "{call('prepend', changed.code, as_item(value))}",
        PYTHON,
    ),
    Sabotage(
        "derivations.py",
        'self.say(f"$_ := set {changed.code} {key} {item}")',
        'self.say(f"$_ := set {changed.code} {key} {key}")',
        CALLS,
    ),
    Sabotage("derivations.py", "optional=bound.optional or optional,", "optional=bound.optional,", CALLS),
    Sabotage("derivations.py", "optional=one.optional or other.optional,", "optional=one.optional,", CALLS),
    Sabotage("derivations.py", "whole=one.whole and other.whole,", "whole=one.whole,", CALLS),
    Sabotage("source.py", '{"append", "extend", "update"}', '{"extend"}', CALLS),
    Sabotage("source.py", "if count == 1 and name not in mutated", "if name not in mutated", CALLS),
    Sabotage(
        "source.py",
        "return returns(last.body) and returns(last.orelse)",
        "return returns(last.body)",
        CALLS,
    ),
    Sabotage(
        "source.py",
        'return frozenset(f"${to_camel(name)}" for name in names_in(tree))',
        "return frozenset()",
        PYTHON,
    ),
    Sabotage("source.py", "if codes[to_camel(name)] > 1", "if codes[to_camel(name)] > 9", PYTHON),
    Sabotage("derivations.py", '        start = "$" if self.loops else "."', '        start = "."', CALLS),
    # expressions
    Sabotage("expressions.py", 'ast.Sub: "sub",', 'ast.Sub: "add",', PYTHON),
    Sabotage("expressions.py", 'ast.Mod: "mod",', 'ast.Mod: "div",', PYTHON),
    Sabotage("expressions.py", 'ast.LtE: "le",', 'ast.LtE: "lt",', PYTHON),
    Sabotage("expressions.py", "ast.FloorDiv: operator.floordiv,", "ast.FloorDiv: operator.mod,", CALLS),
    Sabotage("expressions.py", '"ge": operator.ge,', '"ge": operator.gt,', CALLS),
    Sabotage("expressions.py", "            elif written:\n", "            elif not value.code:\n", PYTHON),
    Sabotage(
        "expressions.py",
        'self.say(f"if {name}" if anded else f"if not {name}")',
        'self.say(f"if {name}")',
        PYTHON,
    ),
    Sabotage("expressions.py", 'word = "and" if anded else "or"', 'word = "and"', CALLS),
    Sabotage(
        "expressions.py",
        "                if bool(result.constant) is not anded:\n                    return result",
        "                if bool(result.constant) is anded:\n                    return result",
        CALLS,
    ),
    Sabotage(
        "expressions.py",
        "return literal(not value.constant) if value.known",
        "return literal(bool(value.constant)) if value.known",
        CALLS,
    ),
    Sabotage("expressions.py", 'call("sub", "0", number(value))', "number(value)", CALLS),
    Sabotage(
        "expressions.py",
        "return constant(left.constant + right.constant, left.type)",
        "return constant(right.constant, left.type)",
        CALLS,
    ),
    Sabotage(
        "expressions.py", "return self.merged([left, right])", "return self.merged([right, left])", CALLS
    ),
    Sabotage("expressions.py", 'call("and", *parts)', 'call("or", *parts)', PYTHON),
    Sabotage(
        "expressions.py",
        'Value(call("not", code), BOOLEAN) if isinstance(sign, ast.NotIn)',
        "Value(code, BOOLEAN) if isinstance(sign, ast.NotIn)",
        CALLS,
    ),
    Sabotage(
        "expressions.py",
        "(left.constant in right.constant) is not negated",
        "(left.constant in right.constant) is negated",
        CALLS,
    ),
    Sabotage("expressions.py", "return number(left), number(right)", "return left.code, right.code", PYTHON),
    Sabotage(
        "expressions.py",
        "return literal((left.constant is None) is not negated)",
        "return literal(left.constant is None)",
        CALLS,
    ),
    Sabotage(
        "expressions.py",
        'return Value(call("not", code) if negated else code, BOOLEAN)',
        "return Value(code, BOOLEAN)",
        PYTHON,
    ),
    Sabotage("expressions.py", 'return call("has", as_item(left)', 'return call("has", left.code', EXAMPLES),
    Sabotage(
        "expressions.py",
        'return call("contains", left.code, right.code)',
        'return call("contains", right.code, left.code)',
        PYTHON,
    ),
    Sabotage(
        "expressions.py",
        "return self.expression(node.body if test.constant else node.orelse)",
        "return self.expression(node.body)",
        CALLS,
    ),
    Sabotage(
        "expressions.py",
        'self.say(f"{name} = {stored(otherwise)}")',
        'self.say(f"{name} = {stored(body)}")',
        PYTHON,
    ),
    Sabotage(
        "expressions.py",
        "optional = body.optional or otherwise.optional or body.constant is None or otherwise.constant is None",
        "optional = False",
        CALLS,
    ),
    Sabotage(
        "expressions.py",
        'call("ternary", body.code, otherwise.code, condition)',
        'call("ternary", otherwise.code, body.code, condition)',
        CALLS,
    ),
    Sabotage(
        "expressions.py", 'text += str(part.value).replace("%", "%%")', "text += str(part.value)", PYTHON
    ),
    Sabotage("expressions.py", 'return literal(text.replace("%%", "%"))', "return literal(text)", CALLS),
    Sabotage("expressions.py", 'text += "%d"', 'text += "%s"', CALLS),
    # calls
    Sabotage("calls.py", "for value in reversed(given)]", "for value in given]", CALLS),
    Sabotage("calls.py", '"int": ("float64", "int64", "int"),', '"int": ("float64", "int64"),', PYTHON),
    Sabotage("calls.py", '"str": ("string",),', '"str": ("slice",),', PYTHON),
    Sabotage(
        "calls.py", '"startswith": ("hasPrefix", BOOLEAN),', '"startswith": ("contains", BOOLEAN),', CALLS
    ),
    Sabotage(
        "calls.py", '"removesuffix": ("trimSuffix", TEXT),', '"removesuffix": ("trimPrefix", TEXT),', PYTHON
    ),
    Sabotage("calls.py", 'pick = max if name == "max" else min', "pick = min", CALLS),
    Sabotage(
        "calls.py",
        'return Value(value.code if real else f"not (empty {term(value.code)})", BOOLEAN)',
        "return Value(value.code, BOOLEAN)",
        CALLS,
    ),
    Sabotage(
        "calls.py",
        'Value(call("sortAlpha", collected.code), collected.type) if name == "sorted"',
        'collected if name == "sorted"',
        EXAMPLES,
    ),
    Sabotage("calls.py", "f'len (splitList \"\" {term(value.code)})'", "f'len {term(value.code)}'", PYTHON),
    Sabotage("calls.py", 'f"fromJson (toJson {term(self.or_empty(value))})"', "self.or_empty(value)", CALLS),
    Sabotage("calls.py", "return found if found.constant is not None else other", "return found", PYTHON),
    Sabotage("calls.py", "self.say(f'if kindIs \"invalid\" {name}')", "self.say(f'if not {name}')", CALLS),
    Sabotage(
        "calls.py",
        'return Value(call("or", *each), BOOLEAN)',
        'return Value(call("and", *each), BOOLEAN)',
        PYTHON,
    ),
    Sabotage(
        "calls.py",
        'return Value(call("join", owner.code, arguments[0].code), TEXT)',
        'return Value(call("join", literal("").code, arguments[0].code), TEXT)',
        PYTHON,
    ),
    Sabotage(
        "calls.py",
        "tuple(one.constant) if isinstance(one.constant, list) else one.constant",
        "one.constant",
        PYTHON,
    ),
    Sabotage(
        "calls.py",
        "str(word.arg): self.expression(word.value) for word in node.keywords",
        "str(word.arg): self.expression(node.keywords[-1].value) for word in node.keywords",
        EXAMPLES,
    ),
    # loops
    Sabotage(
        "loops.py",
        'while f"${name}{self.temporary}" in self.written',
        "while False",
        PYTHON,
    ),
    Sabotage(
        "loops.py",
        'call("list", *(as_item(value) for value in values))',
        'call("list", *(value.code for value in values))',
        PYTHON,
    ),
    Sabotage(
        "loops.py",
        "codes += [self.expression(key).code, stored(value)]",
        "codes += [self.expression(key).code, value.code]",
        PYTHON,
    ),
    Sabotage(
        "loops.py",
        'self.say(f"$_ := set {name} {key} {item}")',
        'self.say(f"$_ := set {name} {key} {key}")',
        CALLS,
    ),
    Sabotage(
        "loops.py",
        'return "number", self.expression(over.args[0])',
        'return "key", self.expression(over.args[0])',
        CALLS,
    ),
    Sabotage(
        "loops.py",
        "if any(test.known and not test.constant for test in tests)",
        "if any(test.known for test in tests)",
        CALLS,
    ),
    Sabotage("loops.py", "if not (test.known and test.constant):", "if not test.code:", CALLS),
    Sabotage(
        "loops.py",
        'bool(value.constant) is (fold == "all")',
        'bool(value.constant) is (fold != "all")',
        CALLS,
    ),
    Sabotage(
        "loops.py",
        '{"any": False, "all": True, "sum": 0}[name])',
        '{"any": False, "all": False, "sum": 0}[name])',
        CALLS,
    ),
    Sabotage(
        "loops.py",
        "{ {'any': 'false', 'all': 'true', 'sum': '0'}[name] }",
        "{ {'any': 'false', 'all': 'false', 'sum': '0'}[name] }",
        PYTHON,
    ),
    Sabotage(
        "loops.py", "truth(value) if name == 'any' else call('not', truth(value))", "truth(value)", PYTHON
    ),
    Sabotage(
        "loops.py",
        'self.say(f"{result} = {call(name, result, value.code)}")',
        'self.say(f"{result} = {value.code}")',
        PYTHON,
    ),
    Sabotage(
        "loops.py", 'self.say(f"{result} := {number(defaults[0])}")', 'self.say(f"{result} := 0")', PYTHON
    ),
    Sabotage("loops.py", 'self.say(f"{seen} = true")', 'self.say(f"{seen} = false")', PYTHON),
    Sabotage(
        "loops.py", "call('append', result, as_item(value))", "call('append', result, value.code)", CALLS
    ),
    Sabotage(
        "loops.py",
        "call('set', result, key.code, stored(value))",
        "call('set', result, key.code, key.code)",
        CALLS,
    ),
    # templates
    Sabotage("partials.py", "        self.helpers.keep(notes.helpers)\n", "", JINJA),
    Sabotage(
        "templates.py",
        'return ("$.root" if self.depth else ".root") if self.handed else start',
        "return start",
        JINJA,
    ),
    Sabotage("templates.py", "            self.forget(statement.name)\n", "", JINJA),
    Sabotage(
        "templates.py",
        'self.action(statement.line, f"{name.code} := {stored(value)}")',
        'self.action(statement.line, f"{name.code} := {value.code}")',
        JINJA,
    ),
    Sabotage(
        "templates.py",
        "            value = literal(self.believed[value.code])\n        if statement.indent",
        "            value = literal(not self.believed[value.code])\n        if statement.indent",
        JINJA,
    ),
    Sabotage("templates.py", "            self.helpers.carry_whole(value)\n", "", JINJA),
    Sabotage("templates.py", "nindent {statement.indent + self.margin}", "nindent {statement.indent}", JINJA),
    Sabotage(
        "templates.py",
        "return escaped(scalar(value.constant))",
        "return escaped(str(value.constant))",
        JINJA,
    ),
    Sabotage(
        "templates.py",
        "if value.known and not value.constant:\n                continue",
        "if value.known and value.constant:\n                continue",
        JINJA,
    ),
    Sabotage(
        "templates.py",
        "                otherwise = body\n                break",
        "                break",
        JINJA,
    ),
    Sabotage(
        "templates.py",
        "dict(self.learnt(test, holds=False))",
        "dict(self.learnt(test, holds=True))",
        JINJA,
    ),
    Sabotage(
        "templates.py",
        "dict(self.learnt(test, holds=True))",
        "dict(self.learnt(test, holds=False))",
        JINJA,
    ),
    Sabotage("templates.py", "holds=not holds)", "holds=holds)", JINJA),
    Sabotage("templates.py", '(test.operator == "and") is holds', "holds", JINJA),
    Sabotage(
        "templates.py",
        '        if last.strip():\n            printed += self.action(statement.line, "else") + last\n',
        "",
        JINJA,
    ),
    Sabotage("templates.py", "        self.forget(*loop_names(statement))\n", "", JINJA),
    Sabotage(
        "templates.py",
        "        self.depth += 1\n        body = self.block",
        "        body = self.block",
        JINJA,
    ),
    Sabotage(
        "templates.py",
        "self.names[statement.item] = literal(item)",
        'self.names[statement.item] = literal("")',
        JINJA,
    ),
    Sabotage(
        "templates.py",
        "if not any(self.names[name].known for name in names):\n            return None",
        'if not any(self.names[name].known for name in names):\n            return ""',
        JINJA,
    ),
    Sabotage("templates.py", "indent = statement.indent + self.margin", "indent = statement.indent", JINJA),
    Sabotage("templates.py", "self.margin += statement.indent", "self.margin += 0", JINJA),
    Sabotage("templates.py", '" " * statement.indent, printed, flags', '" " * 0, printed, flags', JINJA),
    Sabotage(
        "templates.py",
        "return literal(value.is_there or value.constant is not None)",
        "return literal(value.is_there)",
        JINJA,
    ),
    Sabotage(
        "templates.py",
        "return Value(f'not (kindIs \"invalid\" {term(value.code)})', BOOLEAN)",
        "return Value(value.code, BOOLEAN)",
        JINJA,
    ),
    Sabotage(
        "templates.py",
        "context_member(base, expression.key, self.helpers, printed=True)",
        "context_member(base, expression.key, self.helpers, printed=False)",
        JINJA,
    ),
    Sabotage("templates.py", "safe=not self.always(expression.base))", "safe=False)", JINJA),
    Sabotage(
        "templates.py",
        "if value.known and bool(value.constant) is not anded:",
        "if value.known and bool(value.constant) is anded:",
        JINJA,
    ),
    Sabotage(
        "templates.py",
        'return literal(expression.operator == "or")',
        'return literal(expression.operator == "and")',
        JINJA,
    ),
    Sabotage(
        "templates.py",
        'function = "eq" if expression.operator == "==" else "ne"',
        'function = "eq"',
        JINJA,
    ),
    Sabotage(
        "templates.py",
        '(left.constant == right.constant) is (function == "eq")',
        "left.constant == right.constant",
        JINJA,
    ),
    Sabotage("templates.py", "and operand.operator == expression.operator:", "and operand.operator:", JINJA),
    Sabotage("gotext.py", 'return text.replace("{{", \'{{ "{{" }}\')', "return text", JINJA),
    Sabotage("templates.py", "if (code, self.depth) == self.dot else", "if code == self.dot[0] else", JINJA),
    # rules
    Sabotage("rules.py", "return [*asked(rule, helpers, own), *further]", "return further", PROPERTY),
    Sabotage("rules.py", 'GROUPS = ("initContainers", "sidecars")', 'GROUPS = ("initContainers",)', SLICE),
    Sabotage("rules.py", "if inner and part.optional:", "if not inner:", SLICE),
    Sabotage(
        "rules.py",
        "handed[parameters[0][0]] = bound[ENTRY]",
        "handed[parameters[0][0]] = bound[KEY]",
        EXAMPLES,
    ),
    Sabotage(
        "rules.py",
        '{json.dumps(rule.hint, ensure_ascii=False)}\' if rule.hint else "."',
        "{json.dumps('x')}' if rule.hint else \".\"",
        SLICE,
    ),
    Sabotage("rules.py", 'f"with {answer.code}"', 'f"with not {term(answer.code)}"', SLICE),
    Sabotage("rules.py", "return each_part(rule, helpers, held, keys, container)", "return []", PROPERTY),
    # patches
    Sabotage(
        "patches.py", "{{- $_ := unset $target $key -}}", "{{- $_ := set $target $key $value -}}", PATCHES
    ),
    Sabotage("patches.py", "(eq $object.metadata.name $.name)", "(eq $object.kind $.name)", PATCHES),
    Sabotage(
        "patches.py",
        '{{- if not (kindIs "map" (index $target $key)) -}}{{- $_ := set $target $key dict -}}{{- end -}}',
        "",
        PATCHES,
    ),
    Sabotage("patches.py", "if not name or value != base}", "if not name}", PATCHES),
    Sabotage("patches.py", '*(["{{- else }}", *otherwise] if otherwise else [])', "*otherwise", PATCHES),
    Sabotage(
        "patches.py",
        "if name == helpers.chart:\n        return fullname",
        "if not name:\n        return fullname",
        PATCHES,
    ),
    # usage
    Sabotage(
        "usage.py",
        "return self.paths is None or path in self.paths",
        "return self.paths is None or path[:1] in self.paths",
        VALUES,
    ),
    Sabotage(
        "usage.py",
        "for path in more for above in prefixes(path)",
        "for path in more for above in (path,)",
        SPECIALISED,
    ),
    Sabotage(
        "usage.py", 'or (field.kind == "default" and says_nothing(inner))', "or says_nothing(inner)", VALUES
    ),
    Sabotage("usage.py", 'or (field.kind == "default" and says_nothing(inner))', "", VALUES),
    Sabotage("usage.py", "return off and value == type(value).model_construct()", "return off", VALUES),
    Sabotage(
        "usage.py", "yield from paths_of(type_.item, item, (*path, ENTRY))", "yield (*path, ENTRY)", EXAMPLES
    ),
    # the values file
    Sabotage(
        "values.py",
        "return result | {key: None for key in lower if key not in upper}",
        "return result",
        VALUES,
    ),
    Sabotage("values.py", "json.dumps(below) != json.dumps(value)", "below != value", VALUES),
    Sabotage(
        "values.py",
        "if inner := difference(below, value):\n                result[key] = inner",
        "if inner := difference(below, value):\n                result[key] = value",
        VALUES,
    ),
    Sabotage("values.py", "if key in value and usage.has((*path, key))", "if key in value", FILES),
    Sabotage("values.py", "return LEFT_OUT if generic else LEFT_OUT | NAME", "return LEFT_OUT", FILES),
    Sabotage("values.py", 'environment | {"environment": name}', "environment", FILES),
    # the schema
    Sabotage(
        "schema.py",
        '"additionalProperties": False,\n            "required": required,',
        '"required": required,',
        SCHEMA,
    ),
    Sabotage(
        "schema.py", 'if field.kind in {"required", "default"}]', 'if field.kind == "required"]', SCHEMA
    ),
    Sabotage("schema.py", "and self.usage.has((*path, field.key))", "", SCHEMA),
    Sabotage("schema.py", 'schema["anyOf"] = [{"required": [key]} for key in several[0]]', "pass", SCHEMA),
    Sabotage("schema.py", 'schema["dependentSchemas"] = excluded', "pass", SCHEMA),
    Sabotage("schema.py", '"minimum": -LARGEST_INTEGER, "maximum": LARGEST_INTEGER, **raw', "**raw", SCHEMA),
    Sabotage(
        "schema.py", 'return raw if safe(raw.get("pattern", "")) else', "return raw if raw else", SCHEMA
    ),
    Sabotage("schema.py", "others = group[index + 1 :]", "others = group[index + 2 :]", SCHEMA),
    Sabotage("schema.py", '**({"propertyNames": names} if names else {}),', "", SCHEMA),
    Sabotage(
        "schema.py",
        "if name not in self.definitions and name in whole:",
        "if name not in self.definitions and name in whole and name < 'io.k8s.api.core.v1.N':",
        SCHEMA,
    ),
    # weights of health checks
    Sabotage("resolve/health.py", "            count += 1", "            count = 1", HEALTH),
    Sabotage("resolve/health.py", "total += check.weight", "total = check.weight", HEALTH),
    Sabotage(
        "resolve/health.py",
        "check.kind == kind and check.weight is not None",
        "check.weight is not None",
        HEALTH,
    ),
    Sabotage("resolve/health.py", "min(2, health_check_interval(check))", "2", HEALTH),
    Sabotage("resolve/health.py", "spec.health.enabled and total != 100", "total != 100", HEALTH),
    Sabotage("resolve/health.py", "enabled and total != 100", "enabled and total > 100", HEALTH),
    Sabotage("resolve/health.py", "    if given > has:", "    if given > has + 1:", HEALTH),
    Sabotage("resolve/health.py", "== 0 and given != has", "== 0 and given + 1 < has", HEALTH),
    Sabotage("resolve/health.py", "check.weight is None and given == has", "has == 0", HEALTH),
    Sabotage("resolve/health.py", " and not spec.env_from", "", HEALTH),
    Sabotage(
        "resolve/health.py",
        "health_check_timeout(check) > health_check_interval(check)",
        "health_check_timeout(check) >= health_check_interval(check)",
        HEALTH,
    ),
    Sabotage("app/settings.py", "Fraction(left, sharing", "Fraction(left // sharing", HEALTH),
)
