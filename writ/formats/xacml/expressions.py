"""Expressions of XACML: targets, conditions and what obligations assign."""

from __future__ import annotations

from writ.formats.xacml.attributes import Attributes, data_type
from writ.formats.xacml.formula import ALWAYS, Formula, every, some
from writ.formats.xacml.functions import PREFIX, QUANTIFIED, Call, Value, quantified
from writ.formats.xacml.types import Unheld
from writ.formats.xacml.values import Bag, Designated, One, TooDeep, literal
from writ.formats.xacml.xml import Element

EXPRESSIONS = (
    "Apply",
    "AttributeDesignator",
    "AttributeSelector",
    "AttributeValue",
    "VariableReference",
)
MAX_EXPRESSIONS = 50_000
"""Of all policies, those that variables and references stand for counted each time."""
MAX_VARIABLES = 8
"""Within one another."""


class Budget:
    """How many expressions have been read."""

    def __init__(self) -> None:
        self.spent = 0


class Expressions:
    """Reads the expressions of one policy, whose variables it knows."""

    def __init__(
        self, attributes: Attributes, variables: dict[str, Element], budget: Budget
    ) -> None:
        self.attributes = attributes
        self.variables = variables
        self.within: list[str] = []
        """Variables that are being read."""
        self.budget = budget

    def value(self, element: Element) -> Value:
        """What an expression comes to."""
        self.budget.spent += 1
        if self.budget.spent > MAX_EXPRESSIONS:
            raise element.refuse(
                "X302", f"the policies have more than {MAX_EXPRESSIONS:,} expressions"
            )
        match element.name:
            case "AttributeValue":
                return self.literal(element)
            case "AttributeDesignator":
                return self.designated(element)
            case "Apply":
                return self.applied(element)
            case "VariableReference":
                return self.variable(element)
            case "AttributeSelector":
                raise element.refuse(
                    "X304", "an attribute selector has no counterpart: a book reads no documents"
                )
        raise element.refuse("X303", f"`{element.name}` is no expression")

    def condition(self, element: Element) -> Formula:
        """An expression that is true or false."""
        value = self.value(element)
        if not isinstance(value, Formula):
            raise element.refuse("X303", "a condition is asked for here, and this is none")
        return value

    def literal(self, element: Element) -> One:
        kind = data_type(element)
        element.only()
        try:
            return literal(kind.read(element.text), kind)
        except Unheld as error:
            raise element.refuse(
                "X304", f"a value of type {kind.name} cannot be held: {error}"
            ) from None
        except ValueError as error:
            raise element.refuse("X303", f"a value of type {kind.name} is wrong: {error}") from None

    def designated(self, element: Element) -> Designated:
        attribute = self.attributes.designated(element)
        required = element.truth("MustBePresent")
        return Designated(attribute, required)

    def applied(self, element: Element) -> Value:
        name = self.function(element)
        element.only("Function", "Description", *EXPRESSIONS)
        children = [child for child in element.children if child.name != "Description"]
        if name in QUANTIFIED:
            if not children or children[0].name != "Function":
                raise element.refuse("X303", f"`{name}` has no function")
            inner = self.function(children[0])
            call = Call(element, name, [self.value(child) for child in children[1:]])
            self.present(call)
            try:
                return quantified(call, inner)
            except TooDeep:
                raise element.refuse("X304", "too many bags stand in one another") from None
        if any(child.name == "Function" for child in children):
            raise element.refuse("X304", f"the function `{name}` has no counterpart")
        call = Call(element, name, [self.value(child) for child in children])
        if not name.endswith("-one-and-only"):
            self.present(call)
        try:
            return call.result()
        except TooDeep:
            raise element.refuse("X304", "too many bags stand in one another") from None

    def present(self, call: Call) -> None:
        """Note that bags are asked for as such, where one must be present."""
        for argument in call.arguments:
            if isinstance(argument, Designated) and argument.required:
                argument.attribute.required = True

    def function(self, element: Element) -> str:
        """The short name of the function that an element names."""
        identifier = element.attribute(
            "FunctionId" if "FunctionId" in element.attributes else "MatchId"
        )
        found = PREFIX.fullmatch(identifier)
        if found is None:
            raise element.refuse("X304", f"the function `{identifier}` has no counterpart")
        return found[1]

    def variable(self, element: Element) -> Value:
        name = element.attribute("VariableId")
        definition = self.variables.get(name)
        if definition is None:
            raise element.refuse("X303", f"the variable `{name}` is not defined in this policy")
        if name in self.within:
            raise element.refuse("X303", f"the variable `{name}` is defined by itself")
        if len(self.within) >= MAX_VARIABLES:
            raise element.refuse(
                "X302", f"more than {MAX_VARIABLES} variables stand in one another"
            )
        self.within.append(name)
        found = definition.one(*EXPRESSIONS)
        if found is None:
            raise definition.refuse("X303", "a variable is defined by nothing")
        value = self.value(found)
        self.within.pop()
        return value

    def target(self, element: Element | None) -> Formula:
        """A target: every `AnyOf` has an `AllOf` of which every `Match` holds. Without one, always."""
        if element is None:
            return ALWAYS
        element.only("AnyOf")
        found: list[Formula] = []
        for any_of in element.children:
            any_of.only("AllOf")
            ways: list[Formula] = []
            for all_of in any_of.children:
                all_of.only("Match")
                if not all_of.children:
                    raise all_of.refuse("X303", "`AllOf` has no `Match`")
                ways.append(every(map(self.match, all_of.children)))
            if not ways:
                raise any_of.refuse("X303", "`AnyOf` has no `AllOf`")
            found.append(some(ways))
        return every(found)

    def match(self, element: Element) -> Formula:
        """A match: the function holds of the value and a member of the bag."""
        element.only("AttributeValue", "AttributeDesignator", "AttributeSelector")
        if len(element.children) != 2 or element.children[0].name != "AttributeValue":
            raise element.refuse("X303", "a `Match` has a value and then a designator")
        value, bag = (self.value(child) for child in element.children)
        if not isinstance(bag, Bag):
            raise element.refuse("X303", "a `Match` has a value and then a designator")
        call = Call(element, "any-of", [value, bag])
        self.present(call)
        return quantified(call, self.function(element))
