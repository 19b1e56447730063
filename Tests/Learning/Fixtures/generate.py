#!/usr/bin/env python3
"""Writes the fixtures that the parity tests replay: what PyTorch does with sitter's configs.

    python3 -m venv .venv && .venv/bin/pip install -r Tests/Learning/Fixtures/requirements.txt
    .venv/bin/python Tests/Learning/Fixtures/generate.py [NAME]...

`training/NAME/` holds a config as anybody would write it, the weights it begins with, the weights it ends with and, in
`expected.json`, the loss of every step and of every evaluation. `layers/NAME.safetensors` holds one layer's inputs,
outputs and gradients, from float64. A fixture is written only if PyTorch with one thread, two threads and float64
agrees with itself to a tenth of what the tests allow. Names restrict the work to those cases.
"""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

import reference
from cases import LAYERS, TRAINING

HERE = Path(__file__).parent
# What the tests allow, as |a - b| / |b|; PyTorch must agree with itself to a tenth of it.
FIRST_LOSS, EVERY_LOSS, WEIGHTS, LAYER = 1e-4, 1e-3, 1e-3, 1e-5


def write_idx(path, values):
    header = bytes([0, 0, 8, values.ndim]) + b"".join(n.to_bytes(4, "big") for n in values.shape)
    path.write_bytes(header + values.astype(np.uint8).tobytes())


# Shape of an example and number of classes; 0 for numbers to predict. Pictures and features are bytes in IDX files.
DATA = {"pictures": ((6, 6), 4), "colors": ((3, 8, 8), 4), "features": ((10,), 3),
        "sequences": ((7, 3), 3), "signals": ((2, 12), 3), "numbers": ((6,), 0)}
BYTES = ("pictures", "colors", "features")


def examples(name, count, part):
    """A prototype for each class and noise around it, as bytes, with every class equally often."""
    shape, classes = DATA[name]
    if name not in BYTES:
        return floats(name, shape, classes, count, part)
    prototypes = np.random.default_rng(len(shape)).integers(40, 216, (classes, *shape))
    random = np.random.default_rng(100 * len(shape) + part)
    labels = np.arange(count) % classes
    random.shuffle(labels)
    noise = random.normal(0, 40, (count, *shape))
    return np.clip(prototypes[labels] + noise, 0, 255).astype(np.uint8), labels


def floats(name, shape, classes, count, part):
    """The same as numbers around 0; or, without classes, two smooth functions of the inputs."""
    prototypes = np.random.default_rng(len(name)).normal(0, 1, (max(classes, 1), *shape))
    random = np.random.default_rng(100 * len(name) + part)
    inputs = random.normal(0, 0.7, (count, *shape)).astype(np.float32)
    if classes == 0:
        sums = inputs @ np.random.default_rng(1).normal(0, 0.5, (shape[0], 2))
        return inputs, np.stack([np.sin(sums[:, 0]), sums[:, 0] * sums[:, 1]], 1).astype(np.float32)
    labels = np.arange(count) % classes
    random.shuffle(labels)
    return (inputs + prototypes[labels]).astype(np.float32), labels


def write_data():
    folder = HERE / "data"
    folder.mkdir(exist_ok=True)
    for name in DATA:
        for part, count in enumerate([32, 20]):
            inputs, labels = examples(name, count, part)
            suffix = ["", "-validation"][part]
            if name in BYTES:
                write_idx(folder / f"{name}{suffix}.idx", inputs)
                write_idx(folder / f"{name}{suffix}-labels.idx", labels)
            else:
                np.save(folder / f"{name}{suffix}.npy", inputs)
                np.save(folder / f"{name}{suffix}-targets.npy", labels)


def load_data(name, part, config):
    inputs, labels = examples(name, [32, 20][part], part)
    x = torch.tensor(inputs, dtype=torch.float32)
    if name in BYTES:
        if not config["data"]["idx"].get("raw"):
            x = x / 255
        if x.ndim == 3:
            x = x.unsqueeze(1)
    return x, torch.tensor(labels)


def prepared(config, train, others):
    """Preprocessing fitted on the training inputs, in the precision they have."""
    for step in config.get("preprocessing", []):
        name, options = reference.case(step)
        over = options if isinstance(options, str) else options.get("over", "features") if options else "features"
        axes = {"all": tuple(range(train.ndim)), "channels": (0, *range(2, train.ndim)), "features": (0,)}[over]
        mean = train.double().mean(axes, keepdim=True)
        std = train.double().std(axes, keepdim=True, correction=0)
        std[std == 0] = 1
        scale = std if name == "standardize" else torch.ones(())
        train, others = [((x.double() - mean) / scale).to(x.dtype) for x in (train, others)]
    return train, others


def train(config, data, initial, dtype, threads):
    """One run of the config: losses of the steps, losses of the evaluations, final state."""
    torch.set_num_threads(threads)
    inputs, labels = load_data(data, 0, config)
    held_inputs, held_labels = load_data(data, 1, config)
    if labels.is_floating_point():
        labels, held_labels = labels.to(dtype), held_labels.to(dtype)
    inputs, held_inputs = prepared(config, inputs.to(dtype), held_inputs.to(dtype))
    network = reference.sequential(config["model"], tuple(inputs.shape[1:]))
    network.load_state_dict(initial)
    network.to(dtype)
    optimizer = reference.optimizer(config["optimizer"], network.parameters())
    size = config["batchSize"]
    starts = [start for start in range(0, len(inputs), size)
              if start + size <= len(inputs) or not config.get("dropLast")]
    total = config["epochs"] * len(starts)
    schedule = reference.scheduler(config.get("schedule", "constant"), optimizer, total, len(starts))
    plateau = None
    if "plateau" in config:
        options = config["plateau"]
        plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(
            optimizer, factor=options.get("factor", 0.1), patience=options.get("patience", 10),
            threshold=options.get("threshold", 1e-4), cooldown=options.get("cooldown", 0))
    masks = reference.masks(network)
    loss_name = config.get("loss", "crossEntropy")
    losses, evaluations, rates = [], [], []
    for _ in range(config["epochs"]):
        network.train()
        for start in starts:
            for mask in masks:
                mask.step, mask.seed = len(losses), config.get("seed", 0)
            optimizer.zero_grad()
            outputs = network(inputs[start:start + size])
            value = reference.loss(loss_name, outputs, labels[start:start + size])
            value.backward()
            clipping = config.get("gradientClipping")
            if clipping and "norm" in clipping:
                torch.nn.utils.clip_grad_norm_(network.parameters(), clipping["norm"])
            elif clipping:
                torch.nn.utils.clip_grad_value_(network.parameters(), clipping["value"])
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if plateau is None:
                schedule.step()
            losses.append(value.item())
        if any(key.startswith("validation") for files in config["data"].values() for key in files):
            network.eval()
            with torch.no_grad():
                evaluations.append(reference.loss(loss_name, network(held_inputs), held_labels).item())
            if plateau:
                plateau.step(evaluations[-1])
    return losses, evaluations, rates, {k: v.clone() for k, v in network.state_dict().items()}


def distance(a, b):
    """|a - b| / |b|"""
    a, b = torch.as_tensor(a, dtype=torch.float64), torch.as_tensor(b, dtype=torch.float64)
    return (torch.linalg.vector_norm(a - b) / torch.linalg.vector_norm(b).clamp_min(1e-30)).item()


def config_text(comment, config):
    """JSON5, a key a line."""
    lines = [f"// {comment}", "{"]
    for key, value in config.items():
        if key == "model":
            lines.append("  model: [")
            lines += [f"    {json.dumps(entry)}," for entry in value]
            lines.append("  ],")
        else:
            lines.append(f"  {key}: {json.dumps(value)},")
    return "\n".join(lines + ["}", ""])


def write_training(name, comment, data, config):
    reader, words, ending = "npy", ("inputs", "targets"), "npy"
    if data in BYTES:
        reader, words, ending = "idx", ("images", "labels"), "idx"
    files = {words[0]: f"../../data/{data}.{ending}", words[1]: f"../../data/{data}-{words[1]}.{ending}"}
    if config.pop("validates", False):
        files |= {f"validation{words[0].title()}": f"../../data/{data}-validation.{ending}",
                  f"validation{words[1].title()}": f"../../data/{data}-validation-{words[1]}.{ending}"}
    if config.pop("raw", False):
        files["raw"] = True
    config = {"data": {reader: files}} | config | {"batchSize": config.get("batchSize", 8), "shuffle": False}
    torch.manual_seed(7)
    shape = tuple(load_data(data, 0, config)[0].shape[1:])
    network = reference.sequential(config["model"], shape)
    with torch.no_grad():
        for key, value in network.state_dict().items():
            # A running mean of zeros and a scale of ones would hide a mistake.
            if key.endswith(("running_mean", "running_var")):
                value.add_(torch.rand_like(value) * 0.1)
    # Scales and shifts begin a little off their defaults for the same reason.
    for module in network.modules():
        kinds = (torch.nn.BatchNorm1d, torch.nn.BatchNorm2d, torch.nn.InstanceNorm2d, torch.nn.LayerNorm)
        if isinstance(module, kinds):
            torch.nn.init.uniform_(module.weight, 0.8, 1.2)
            torch.nn.init.uniform_(module.bias, -0.2, 0.2)
    initial = {k: v.clone().contiguous() for k, v in network.state_dict().items()}
    losses, evaluations, rates, final = train(config, data, initial, torch.float32, 1)
    unstable = reference.biases_before_norm(config["model"])
    worst = 0.0
    for dtype, threads in [(torch.float32, 2), (torch.float64, 1)]:
        others = train(config, data, initial, dtype, threads)
        worst = max(worst, distance(losses[0], others[0][0]) / FIRST_LOSS)
        pairs = list(zip(losses + evaluations, others[0] + others[1]))
        worst = max([worst] + [distance(a, b) / EVERY_LOSS for a, b in pairs])
        for key, value in final.items():
            if key not in unstable and value.is_floating_point():
                worst = max(worst, distance(value, others[3][key]) / WEIGHTS)
    assert 50 <= len(losses) <= 200, f"{name}: {len(losses)} steps"
    assert all(np.isfinite(losses)), f"{name}: a loss is not finite"
    assert worst < 0.1, f"{name}: PyTorch agrees with itself only to {worst:.2g} of the tolerance; lower the rate"
    moved = min(distance(final[key], initial[key]) for key, value in final.items() if value.is_floating_point())
    folder = HERE / "training" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "config.json5").write_text(config_text(comment, config))
    save_file(initial, folder / "initial.safetensors")
    save_file({k: v.contiguous() for k, v in final.items()}, folder / "final.safetensors")
    expected = {"losses": losses, "learningRates": rates, "evaluations": evaluations, "notCompared": unstable}
    rounded = {key: [float(f"{x:.9g}") if isinstance(x, float) else x for x in value] for key, value in expected.items()}
    (folder / "expected.json").write_text(json.dumps(rounded) + "\n")
    print(f"{name}: loss {losses[0]:.4g} -> {losses[-1]:.4g}, {worst:.1e} of the tolerance, moved {moved:.1e}")


def layer_network(model, shape):
    return torch.nn.Sequential(torch.nn.Identity(), reference.sequential([model], shape)[0])


def run_layer(model, shape, batch, mode, state, dtype, threads):
    """What the layer makes of an input, and of a gradient that comes back to it."""
    torch.set_num_threads(threads)
    network = layer_network(model, shape)
    network.load_state_dict(state)
    network.to(dtype).train(mode == "training")
    random = torch.Generator().manual_seed(12)
    inputs = torch.randn(batch, *shape, generator=random).to(dtype).requires_grad_()
    supplied = supply(network, model, inputs, random)
    outputs = network(inputs)
    gradient = torch.randn(outputs.shape, generator=random).to(dtype)
    result = {"input": inputs.detach(), "outputGradient": gradient, "output": outputs.detach()}
    if mode == "training":
        outputs.backward(gradient)
        result["inputGradient"] = inputs.grad
        for key, parameter in network.named_parameters():
            result[f"gradient.{key}"] = parameter.grad
        for key, value in network.named_buffers():
            result[f"after.{key}"] = value
    return result | supplied


def supply(network, model, inputs, random):
    """Numbers in place of those that a random layer would draw."""
    masks = reference.masks(network[1])
    if not masks or not network.training:
        return {}
    name, _ = reference.case(model)
    if name == "gaussianNoise":
        numbers = torch.randn(inputs.shape, generator=random)
    elif name == "fractionalMaxPool2d":
        numbers = torch.rand((*inputs.shape[:2], 2), generator=random)
    else:
        shape = {"dropout": inputs.shape, "linear": getattr(network[1], "weight", inputs).shape,
                 "residual": (len(inputs), *[1] * (inputs.ndim - 1))}[name]
        numbers = (torch.rand(shape, generator=random) >= masks[0].p).float()
    masks[0].supplied = numbers
    return {"supplied": numbers}


def write_layer(name, model, shape, batch, mode="training"):
    random = torch.Generator().manual_seed(11)
    state = layer_network(model, shape).state_dict()
    for key, value in state.items():
        if key.endswith("running_var"):
            value.uniform_(0.5, 2, generator=random)
        elif value.is_floating_point():
            value.uniform_(-0.6, 0.6, generator=random)
    exact = run_layer(model, shape, batch, mode, state, torch.float64, 1)
    for threads in (1, 2):
        other = run_layer(model, shape, batch, mode, state, torch.float32, threads)
        for key, value in exact.items():
            apart = distance(other[key], value)
            assert apart < LAYER / 10, f"{name}: {key} of PyTorch is {apart:.2g} apart from float64"
    if "fractionalMaxPool2d" in model:
        # What many draws have in common.
        pool = layer_network(model, shape)[1]
        inputs, total = exact["input"], 0
        for _ in range(20_000):
            pool.mask.supplied = torch.rand((*inputs.shape[:2], 2), generator=random)
            total = total + pool(inputs)
        exact["mean"] = total / 20_000
    tensors = {f"state.{key}": value for key, value in state.items()} | exact
    folder = HERE / "layers"
    folder.mkdir(exist_ok=True)
    save_file({k: (v.float() if v.is_floating_point() else v).contiguous() for k, v in tensors.items()},
              folder / f"{name}.safetensors",
              metadata={"layer": json.dumps(model)})


def main():
    wanted = set(sys.argv[1:])
    unknown = wanted - set(LAYERS) - set(TRAINING)
    assert not unknown, f"no such case: {', '.join(sorted(unknown))}"
    torch.use_deterministic_algorithms(True)
    write_data()
    for name, arguments in LAYERS.items():
        if not wanted or name in wanted:
            write_layer(name, *arguments)
    failures = 0
    for name, (comment, data, config) in TRAINING.items():
        if not wanted or name in wanted:
            try:
                write_training(name, comment, data, dict(config))
            except AssertionError as error:
                failures += 1
                print(f"FAILED {error}")
    sys.exit(min(failures, 1))


if __name__ == "__main__":
    main()
