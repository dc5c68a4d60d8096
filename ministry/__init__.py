"""The ministry: the state that the law governs. Every change goes through the gate and is kept in the register."""
