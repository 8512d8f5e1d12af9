"""A PyTorch network handed to ONNX Runtime, which answers sooner on a processor; docs/speed.md says how much sooner."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


class OnnxRuntime:
    """Gives a network's outputs, always as a tuple, for tensors like those of `example`; calls may overlap.

    It keeps a copy of the weights as they are now, and knows neither gradients nor hooks. `free` says which dimensions of
    which input may differ from the example's; without it, the first of each. The network must be on the processor, and with
    all its parts in evaluation mode, as exporting sets every part as the whole is.
    """

    def __init__(self, network: torch.nn.Module, example: tuple[torch.Tensor, ...],
                 free: Mapping[int, tuple[int, ...]] | None = None) -> None:
        import onnxruntime
        import torch

        self.network = network
        self.names = [f"given{number}" for number in range(len(example))]
        free = {number: (0,) for number in range(len(example))} if free is None else free
        file = io.BytesIO()
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")  # the newer exporter asks for one more package
            torch.onnx.export(network, example, file, input_names=self.names, dynamo=False, dynamic_axes={
                self.names[number]: {axis: f"{self.names[number]}_{axis}" for axis in axes} for number, axes in free.items()})
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = torch.get_num_threads()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # threads that wait sleep, as OpenMP's do
        options.enable_cpu_mem_arena = False  # as quick without, and memory goes back to where other models take it from
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(file.getvalue(), options, providers=["CPUExecutionProvider"])

    def __call__(self, *given: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """The outputs, on the processor."""
        import torch

        return tuple(map(torch.from_numpy, self.session.run(None, {name: one.numpy() for name, one in zip(self.names, given)})))
