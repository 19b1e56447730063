"""The networks, losses, optimizers and schedules of sitter's configs, made of PyTorch's own parts."""

import itertools
import math

import numpy as np
import torch
from torch import nn
from torch.optim import lr_scheduler


class GlobalAvgPool(nn.Module):
    def forward(self, x):
        return x.flatten(2).mean(2)


class Concat(nn.Module):
    def __init__(self, branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


class Maxout(nn.Module):
    """The largest of every `pieces` neighbouring features."""

    def __init__(self, pieces):
        super().__init__()
        self.pieces = pieces

    def forward(self, x):
        return x.unflatten(1, (x.shape[1] // self.pieces, self.pieces)).amax(2)


def recurrent(kind, features, units, sequences, **options):
    """PyTorch's RNN or LSTM over [batch, length, features], handing on every output or the last one."""

    class Recurrent(kind):
        def forward(self, x):
            outputs, _ = super().forward(x)
            return outputs if sequences else outputs[:, -1]

    return Recurrent(features, units, batch_first=True, **options)


def mask64(value):
    return value & 0xFFFF_FFFF_FFFF_FFFF


def philox(seed, purpose, counters):
    """Philox4x32-10 at counters [n, 4], keyed as sitter keys a seed and a purpose; [n, 4] words."""

    def mix(z):
        z = mask64((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9)
        z = mask64((z ^ (z >> 27)) * 0x94D049BB133111EB)
        return z ^ (z >> 31)

    mixed = mix(seed ^ mix(mask64(purpose + 0x9E3779B97F4A7C15)))
    key = [mixed & 0xFFFFFFFF, mixed >> 32]
    c = counters.astype(np.uint64).T
    low = np.uint64(0xFFFFFFFF)
    for _ in range(10):
        one, two = c[0] * np.uint64(0xD2511F53), c[2] * np.uint64(0xCD9E8D57)
        shift = np.uint64(32)
        c = [(two >> shift) ^ c[1] ^ np.uint64(key[0]), two & low, (one >> shift) ^ c[3] ^ np.uint64(key[1]), one & low]
        key = [(key[0] + 0x9E3779B9) & 0xFFFFFFFF, (key[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return np.stack(c, 1)


class Mask:
    """Zeros and ones as sitter draws them: number e of value l in step s is 0 by word e mod 4 of the block at
    (e / 4, l, s). Where numbers are supplied, those instead."""

    def __init__(self, p, purpose, value):
        self.p = p
        self.purpose = purpose
        self.value = value
        self.step = 0
        self.seed = 0
        self.supplied = None

    def draw(self, shape, dtype):
        if self.supplied is not None:
            return self.supplied.to(dtype)
        count = math.prod(shape)
        counters = np.zeros(((count + 3) // 4, 4), np.uint64)
        counters[:, 0] = np.arange(len(counters))
        counters[:, 1] = self.value
        counters[:, 2] = self.step
        words = philox(self.seed, self.purpose, counters).reshape(-1)[:count]
        return torch.tensor(words >= np.uint64(int(self.p * 2**32))).reshape(shape).to(dtype)

    def scaled(self, shape, dtype):
        return self.draw(shape, dtype) / (1 - self.p)


class Dropout(nn.Module):
    def __init__(self, p, value):
        super().__init__()
        self.mask = Mask(p, 4, value)

    def forward(self, x):
        return x * self.mask.scaled(x.shape, x.dtype) if self.training and self.mask.p > 0 else x


class DropConnect(nn.Linear):
    """A linear layer whose weights are dropped, each for the whole batch (Wan and others, 2013)."""

    def __init__(self, features, units, bias, p, value):
        super().__init__(features, units, bias)
        self.mask = Mask(p, 20, value)

    def forward(self, x):
        weight = self.weight
        if self.training:
            weight = weight * self.mask.scaled(weight.shape, weight.dtype)
        return nn.functional.linear(x, weight, self.bias)


class GaussianNoise(nn.Module):
    def __init__(self, std):
        super().__init__()
        self.std = std
        self.mask = Mask(0, 0, 0)

    def forward(self, x):
        return x + self.std * self.mask.draw(x.shape, x.dtype) if self.training and self.std > 0 else x


class FractionalMaxPool(nn.Module):
    def __init__(self, size, ratio):
        super().__init__()
        self.size = size
        self.ratio = ratio
        self.mask = Mask(0, 0, 0)

    def forward(self, x):
        samples = self.mask.supplied if self.mask.supplied is not None else torch.full((*x.shape[:2], 2), 0.5)
        return nn.functional.fractional_max_pool2d(
            x, self.size, output_ratio=self.ratio, _random_samples=samples.to(x.dtype))


class Residual(nn.Module):
    """body(x) + shortcut(x); stochastic depth drops the body for single examples (torchvision's mode "row")."""

    def __init__(self, body, shortcut, mask):
        super().__init__()
        self.body = body
        self.shortcut = shortcut
        self.mask = mask

    def forward(self, x):
        y = self.body(x)
        if self.training and self.mask is not None:
            y = y * self.mask.scaled((len(y), *[1] * (y.ndim - 1)), y.dtype)
        return y + self.shortcut(x)


def masks(network):
    """What draws in a network."""
    return [module.mask for module in network.modules() if getattr(module, "mask", None) is not None]


def case(entry):
    """The name and the options of a case written `"name"` or `{ name: value }`."""
    if isinstance(entry, str):
        return entry, {}
    (name, value), = entry.items()
    return name, value


def layer(entry, shape, values):
    """One entry of `model` over inputs of `shape`; `values` counts what sitter's graph computes, in its order."""
    name, value = case(entry)
    if name == "residual":
        options = value if isinstance(value, dict) else {"body": value}
        body = sequential(options["body"], shape, values)
        p = options.get("stochasticDepth", 0)
        mask = Mask(p, 21, next(values)) if p > 0 else None
        shortcut = sequential(options.get("shortcut", []), shape, values)
        next(values)
        return Residual(body, shortcut, mask)
    if name == "concat":
        branches = [sequential(branch, shape, values)
                    for branch in (value["branches"] if isinstance(value, dict) else value)]
        next(values)
        return Concat(branches)
    number = next(values)
    options = value if isinstance(value, dict) else {}
    bias = options.get("bias", True)
    one = not options and value != {}
    match name:
        case "linear":
            units = value if one else options["units"]
            if options.get("dropConnect"):
                return DropConnect(shape[-1], units, bias, options["dropConnect"], number)
            return nn.Linear(shape[-1], units, bias)
        case "conv2d" | "conv1d":
            kind = nn.Conv2d if name == "conv2d" else nn.Conv1d
            tuples = {
                key: tuple(options[key]) if isinstance(options[key], list) else options[key]
                for key in ("stride", "padding") if key in options
            }
            kernel = options["kernel"]
            kernel = tuple(kernel) if isinstance(kernel, list) else kernel
            return kind(shape[0], options["filters"], kernel, bias=bias, **tuples)
        case "maxPool2d" | "avgPool2d":
            kind = nn.MaxPool2d if name == "maxPool2d" else nn.AvgPool2d
            return kind(value) if one else kind(options["size"], options.get("stride"), options.get("padding", 0))
        case "maxPool1d" | "avgPool1d":
            kind = nn.MaxPool1d if name == "maxPool1d" else nn.AvgPool1d
            return kind(value) if one else kind(options["size"], options.get("stride"), options.get("padding", 0))
        case "fractionalMaxPool2d":
            ratio = options["outputRatio"]
            return FractionalMaxPool(options["size"], tuple(ratio) if isinstance(ratio, list) else (ratio, ratio))
        case "gaussianNoise":
            return GaussianNoise(value if one else options["std"])
        case "globalAvgPool":
            return GlobalAvgPool()
        case "batchNorm":
            kind = nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d
            return kind(shape[0], eps=options.get("eps", 1e-5), momentum=options.get("momentum", 0.1))
        case "layerNorm":
            return nn.LayerNorm(shape, eps=options.get("eps", 1e-5))
        case "instanceNorm":
            kind = nn.InstanceNorm2d if len(shape) == 3 else nn.InstanceNorm1d
            return kind(shape[0], eps=options.get("eps", 1e-5), affine=True)
        case "flatten":
            return nn.Flatten()
        case "dropout":
            return Dropout(value if one else options.get("p", 0.5), number)
        case "maxout":
            return Maxout(value if one else options.get("pieces", 2))
        case "rnn" | "lstm":
            units = value if one else options["units"]
            sequences = options.get("returnSequences", False)
            if name == "lstm":
                return recurrent(nn.LSTM, shape[-1], units, sequences)
            return recurrent(nn.RNN, shape[-1], units, sequences, nonlinearity=options.get("nonlinearity", "tanh"))
        case "relu":
            return nn.ReLU()
        case "leakyRelu":
            return nn.LeakyReLU(value if one else options.get("slope", 0.01))
        case "prelu":
            return nn.PReLU()
        case "elu":
            return nn.ELU(value if one else options.get("alpha", 1.0))
        case "selu":
            return nn.SELU()
        case "gelu":
            return nn.GELU()
        case "sigmoid":
            return nn.Sigmoid()
        case "tanh":
            return nn.Tanh()
        case "softmax":
            return nn.Softmax(1)
    raise ValueError(name)


def sequential(model, shape, values=None):
    """The nn.Sequential of a `model` list; an index of it is an entry of the list."""
    values = itertools.count(1) if values is None else values
    layers = []
    for entry in model:
        made = layer(entry, tuple(shape), values)
        layers.append(made)
        made.eval()
        with torch.no_grad():
            shape = tuple(made(torch.zeros(1, *shape)).shape[1:])
        made.train()
    return nn.Sequential(*layers)


def biases_before_norm(model, prefix=""):
    """Names of the biases that a batch or instance norm takes out again: their gradient is rounding noise."""
    found = []
    for index, entry in enumerate(model):
        name, value = case(entry)
        if name == "residual":
            found += biases_before_norm(value["body"], f"{prefix}{index}.body.")
            found += biases_before_norm(value.get("shortcut", []), f"{prefix}{index}.shortcut.")
        elif name == "concat":
            for branch, layers in enumerate(value["branches"] if isinstance(value, dict) else value):
                found += biases_before_norm(layers, f"{prefix}{index}.branches.{branch}.")
        elif name in ("linear", "conv2d", "conv1d") and index + 1 < len(model):
            following = case(model[index + 1])[0]
            has_bias = not isinstance(value, dict) or value.get("bias", True)
            if has_bias and following in ("batchNorm", "instanceNorm"):
                found.append(f"{prefix}{index}.bias")
    return found


def loss(name, outputs, targets):
    """The mean loss of a batch; classes count as one-hot vectors for `mse`, hinge is the lectures' sum over classes."""
    name, options = case(name)
    count = outputs.shape[1]
    if name == "crossEntropy":
        return nn.functional.cross_entropy(outputs, targets, label_smoothing=options.get("labelSmoothing", 0))
    if name == "mse":
        if not targets.is_floating_point():
            targets = nn.functional.one_hot(targets, count).to(outputs.dtype)
        return nn.functional.mse_loss(outputs, targets)
    if name == "hinge":
        return nn.functional.multi_margin_loss(outputs, targets) * count
    raise ValueError(name)


def optimizer(config, parameters):
    name, value = case(config)
    options = dict(value) if isinstance(value, dict) else {"learningRate": value}
    rate = options.pop("learningRate")
    names = {"weightDecay": "weight_decay", "learningRateDecay": "lr_decay"}
    arguments = {names.get(key, key): number for key, number in options.items()}
    if "beta1" in arguments or "beta2" in arguments:
        arguments["betas"] = (arguments.pop("beta1", 0.9), arguments.pop("beta2", 0.999))
    kind = {
        "sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamW": torch.optim.AdamW,
        "rmsprop": torch.optim.RMSprop, "adagrad": torch.optim.Adagrad,
    }[name]
    if kind in (torch.optim.Adam, torch.optim.AdamW):
        arguments["amsgrad"] = False
    return kind(parameters, lr=rate, **arguments)


def scheduler(config, optimizer, total, per_epoch):
    """PyTorch's own schedule where it has the same one, and LambdaLR with sitter's formula where it has not."""
    name, options = case(config)
    base = optimizer.param_groups[0]["lr"]

    def steps(length):
        if isinstance(length, dict):
            return round(length["epochs"] * per_epoch) if "epochs" in length else length["steps"]
        return length

    main = {"step": "every", "multiStep": "at", "exponential": "factor", "cosineRestarts": "period"}.get(name)
    if not isinstance(options, dict) or "epochs" in options:
        options = {main: options}
    warmup = steps(options.get("warmup", 0))
    factor, to = options.get("factor", 0.1), options.get("to", 0)
    if warmup == 0:
        match name:
            case "constant":
                return lr_scheduler.ConstantLR(optimizer, factor=1)
            case "step":
                return lr_scheduler.StepLR(optimizer, steps(options["every"]), factor)
            case "multiStep":
                return lr_scheduler.MultiStepLR(optimizer, [steps(at) for at in options["at"]], factor)
            case "linear":
                return lr_scheduler.LinearLR(optimizer, 1, max(to / base, 0), total)
            case "polynomial" if to == 0:
                return lr_scheduler.PolynomialLR(optimizer, total, options.get("power", 2))
            case "cosine":
                return lr_scheduler.CosineAnnealingLR(optimizer, total, to)
            case "cosineRestarts":
                growth = options.get("growth", 1)
                return lr_scheduler.CosineAnnealingWarmRestarts(optimizer, steps(options["period"]), growth, to)
            case "exponential":
                return lr_scheduler.ExponentialLR(optimizer, factor)

    def cosine(start, end, progress):
        return end + (start - end) / 2 * (1 + math.cos(math.pi * progress))

    def rate(t):
        if t < warmup:
            return base * (t + 1) / warmup
        u, length = t - warmup, max(1, total - warmup)
        match name:
            case "constant":
                return base
            case "step":
                return base * factor ** (u // steps(options["every"]))
            case "multiStep":
                return base * factor ** sum(steps(at) <= u for at in options["at"])
            case "linear" | "polynomial":
                power = 1 if name == "linear" else options.get("power", 2)
                return to + (base - to) * (1 - u / length) ** power
            case "cosine":
                return cosine(base, to, u / length)
            case "exponential":
                return base * factor**u
            case "inverseSquareRoot":
                return base * math.sqrt(max(warmup, 1) / max(t, 1))
            case "oneCycle":
                rise, top = options.get("rise", 0.3), base * options.get("peak", 25)
                end = options.get("to", base / 1e4)
                progress = u / length
                if progress < rise:
                    return cosine(base, top, progress / rise)
                return cosine(top, end, (progress - rise) / (1 - rise))
        raise ValueError(name)

    return lr_scheduler.LambdaLR(optimizer, lambda t: rate(t) / base)
