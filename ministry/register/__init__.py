"""The register: the Journal's storage, its sequencer, and its witnesses."""
