"""Reading policies and policy sets out of XML."""

from __future__ import annotations

from collections.abc import Callable

from writ.formats.xacml.attributes import Attributes, plain
from writ.formats.xacml.certainty import surely
from writ.formats.xacml.expressions import EXPRESSIONS, Budget, Expressions
from writ.formats.xacml.formula import ALWAYS, Formula, doubtful, every, negation, some
from writ.formats.xacml.functions import Value
from writ.formats.xacml.policy import ALGORITHMS, NAMESPACE, Charge, Effect, Policy, Rule
from writ.formats.xacml.values import Designated
from writ.formats.xacml.xml import Element

MAX_POLICIES = 2_000
"""Of one book, those that are referred to counted each time."""
MAX_NESTED = 16
"""Policies within one another."""

Resolve = Callable[[Element], Element]
"""The policy that a reference means."""

_HEAD = ("Description", "PolicyIssuer", "PolicyDefaults", "PolicySetDefaults", "Target")
_CHARGES = ("ObligationExpressions", "AdviceExpressions")
_PARAMETERS = (
    "CombinerParameters",
    "RuleCombinerParameters",
    "PolicyCombinerParameters",
    "PolicySetCombinerParameters",
)
_REFERENCES = ("PolicyIdReference", "PolicySetIdReference")


class Policies:
    """Reads policies into one stock of attributes."""

    def __init__(self, attributes: Attributes, resolve: Resolve) -> None:
        self.attributes = attributes
        self.resolve = resolve
        self.within: list[Element] = []
        """Policies that are being read, the outermost first."""
        self.named: dict[tuple[str, str], Element] = {}
        self.budget = Budget()
        self.count = 0

    def read(self, element: Element) -> Policy:
        """A policy or a policy set."""
        if element.namespace != NAMESPACE or element.name not in ("Policy", "PolicySet"):
            raise element.refuse(
                "X303",
                f"`{element.name}` is no policy of XACML 3.0",
                f"its namespace is `{NAMESPACE}`",
            )
        if any(one is element for one in self.within):
            raise element.refuse("X305", "a policy set refers to itself")
        name = element.attribute(f"{element.name}Id")
        if self.named.setdefault((element.name, name), element) is not element:
            raise element.refuse("X303", f"a second policy `{name}`")
        self.count += 1
        if self.count > MAX_POLICIES or len(self.within) >= MAX_NESTED:
            raise element.refuse(
                "X302", f"more than {MAX_POLICIES:,} policies, or {MAX_NESTED} within one another"
            )
        self.within.append(element)
        found = self._set(element) if element.name == "PolicySet" else self._policy(element)
        self.within.pop()
        return found

    def _policy(self, element: Element) -> Policy:
        element.only(*_HEAD, "VariableDefinition", "Rule", *_CHARGES, *_PARAMETERS)
        variables: dict[str, Element] = {}
        for variable in element.all("VariableDefinition"):
            name = variable.attribute("VariableId")
            if name in variables:
                raise variable.refuse("X303", f"the variable `{name}` is defined twice")
            variables[name] = variable
        read = Expressions(self.attributes, variables, self.budget)
        seen: set[str] = set()
        rules: list[Rule] = []
        for child in element.all("Rule"):
            rule = self._rule(child, read)
            if rule.identifier in seen:
                raise child.refuse("X303", f"a second rule `{rule.identifier}` in one policy")
            seen.add(rule.identifier)
            rules.append(rule)
        # A variable that is not used must be right as well.
        for variable in variables.values():
            for expression in variable.children:
                read.value(expression)
        return self._put(element, "PolicyId", "RuleCombiningAlgId", tuple(rules), read)

    def _set(self, element: Element) -> Policy:
        element.only(*_HEAD, "Policy", "PolicySet", *_REFERENCES, *_CHARGES, *_PARAMETERS)
        members: list[Policy] = []
        for child in element.children:
            if child.name in ("Policy", "PolicySet"):
                members.append(self.read(child))
            elif child.name in _REFERENCES:
                members.append(self.read(self.resolve(child)))
        read = Expressions(self.attributes, {}, self.budget)
        return self._put(element, "PolicySetId", "PolicyCombiningAlgId", tuple(members), read)

    def _put(
        self,
        element: Element,
        named: str,
        combining: str,
        members: tuple[Rule | Policy, ...],
        read: Expressions,
    ) -> Policy:
        for parameters in element.all(*_PARAMETERS):
            raise parameters.refuse(
                "X304", "parameters of a combining algorithm have no counterpart"
            )
        for issuer in element.all("PolicyIssuer"):
            raise issuer.refuse(
                "X304",
                "a policy with an issuer has no counterpart: who may issue it would be decided "
                "by further policies, whereas a book says `enacted-by` and `under`",
            )
        element.attribute("Version")
        combined = element.attribute(combining)
        algorithm = ALGORITHMS.get(combined)
        if algorithm is None:
            raise element.refuse(
                "X304",
                f"the combining algorithm `{combined}` has no counterpart",
                "those of XACML 3.0 are known; those of 1.0 and 1.1 that 3.0 has replaced are not",
            )
        target = element.one("Target")
        if target is None:
            raise element.refuse("X303", f"`{element.name}` has no `Target`")
        return Policy(
            plain(element, element.attribute(named)),
            _said(element),
            algorithm,
            ":ordered-" in combined,
            read.target(target),
            members,
            self._charges(element, read),
        )

    def _rule(self, element: Element, read: Expressions) -> Rule:
        element.only("Description", "Target", "Condition", *_CHARGES)
        target = read.target(element.one("Target"))
        condition = element.one("Condition")
        holds: Formula = ALWAYS
        if condition is not None:
            condition.only(*EXPRESSIONS)
            expression = condition.one(*EXPRESSIONS)
            if expression is None:
                raise condition.refuse("X303", "a condition is empty")
            holds = read.condition(expression)
        return Rule(
            plain(element, element.attribute("RuleId")),
            _said(element),
            effect(element, "Effect"),
            matched(target, holds),
            self._charges(element, read),
        )

    def _charges(self, element: Element, read: Expressions) -> tuple[Charge, ...]:
        found: list[Charge] = []
        for group in element.all(*_CHARGES):
            group.only("ObligationExpression", "AdviceExpression")
            for one in group.children:
                advice = one.name == "AdviceExpression"
                one.only("AttributeAssignmentExpression")
                identifier = one.attribute("AdviceId" if advice else "ObligationId")
                found.append(
                    Charge(
                        plain(one, identifier),
                        advice,
                        effect(one, "AppliesTo" if advice else "FulfillOn"),
                        tuple(self._assigned(child, read) for child in one.children),
                        one,
                    )
                )
        return tuple(found)

    def _assigned(self, element: Element, read: Expressions) -> tuple[str, Value]:
        element.only(*EXPRESSIONS)
        expression = element.one(*EXPRESSIONS)
        if expression is None:
            raise element.refuse("X303", "nothing is assigned")
        value = read.value(expression)
        if isinstance(value, Designated) and value.required:
            value.attribute.required = True
        return plain(element, element.attribute("AttributeId")), value


def matched(target: Formula, holds: Formula) -> Formula:
    """That the target matches and the condition holds. Where the target cannot be told, the condition is not asked."""
    if not doubtful(target):
        return every((target, holds))
    told = some((surely(target), surely(negation(target))))
    return every((target, some((holds, negation(told)))))


def effect(element: Element, name: str) -> Effect:
    """The effect that an attribute names."""
    value = element.attribute(name)
    if value not in (Effect.PERMIT, Effect.DENY):
        raise element.refuse("X303", f"`{name}` is `{value}`, and not Permit or Deny")
    return Effect(value)


def _said(element: Element) -> str:
    """Its description, in one line."""
    found = element.one("Description")
    return " ".join(found.text.split()) if found is not None else ""
