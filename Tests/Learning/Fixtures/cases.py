"""What is compared with PyTorch: single layers, and whole trainings of small networks."""

SGD = {"sgd": {"learningRate": 0.1, "momentum": 0.9}}
PERCEPTRON = [{"linear": 12}, "tanh", {"linear": 3}]
CONVOLUTIONS = [
    {"conv2d": {"filters": 4, "kernel": 3, "padding": 1}}, "relu", {"maxPool2d": 2}, "flatten", {"linear": 4},
]


def run(comment, model, data="features", epochs=15, optimizer=SGD, **more):
    """One training: 32 examples in batches of 8, so 4 steps an epoch."""
    return comment, data, {"model": model, "optimizer": optimizer, "epochs": epochs} | more


def hidden(activation, **more):
    comment = f"A hidden layer with {activation if isinstance(activation, str) else next(iter(activation))}"
    return run(comment, [{"linear": 12}, activation, {"linear": 12}, activation, {"linear": 3}], **more)


def perceptron(comment, optimizer=SGD, **more):
    return run(comment, PERCEPTRON, optimizer=optimizer, **more)


LAYERS = {
    # name: (entry of model, shape of an example, batch, mode)
    "linear": ({"linear": 5}, [7], 4),
    "linearOneExample": ({"linear": 5}, [7], 1),
    "linearOneFeature": ({"linear": 1}, [1], 3),
    "linearWithoutBias": ({"linear": {"units": 6, "bias": False}}, [9], 5),
    "linearWide": ({"linear": 130}, [67], 6),
    "conv2d": ({"conv2d": {"filters": 5, "kernel": 3}}, [2, 6, 5], 3),
    "conv2dPadded": ({"conv2d": {"filters": 4, "kernel": 3, "padding": 1}}, [3, 5, 5], 2),
    "conv2dStrided": ({"conv2d": {"filters": 3, "kernel": 3, "stride": 2, "padding": 1}}, [2, 7, 6], 2),
    "conv2dStrideBeyondKernel": ({"conv2d": {"filters": 3, "kernel": 2, "stride": 3}}, [2, 8, 7], 2),
    "conv2dEvenKernelPadded": ({"conv2d": {"filters": 3, "kernel": 4, "padding": 2}}, [2, 5, 6], 2),
    "conv2dWholePicture": ({"conv2d": {"filters": 4, "kernel": [4, 5]}}, [3, 4, 5], 2),
    "conv2dPointwise": ({"conv2d": {"filters": 6, "kernel": 1, "bias": False}}, [4, 3, 3], 2),
    "conv2dOneExampleOneChannel": ({"conv2d": {"filters": 1, "kernel": 3, "padding": 1}}, [1, 4, 4], 1),
    "conv2dOblong": (
        {"conv2d": {"filters": 3, "kernel": [1, 3], "stride": [2, 1], "padding": [0, 1]}}, [2, 5, 6], 2),
    "conv1d": ({"conv1d": {"filters": 4, "kernel": 3, "padding": 1}}, [2, 9], 3),
    "conv1dStrided": ({"conv1d": {"filters": 3, "kernel": 4, "stride": 3, "padding": 2}}, [3, 10], 2),
    "maxPool2d": ({"maxPool2d": 2}, [3, 6, 6], 2),
    "maxPool2dOdd": ({"maxPool2d": 2}, [2, 5, 7], 2),
    "maxPool2dOverlapping": ({"maxPool2d": {"size": 3, "stride": 2, "padding": 1}}, [2, 7, 6], 2),
    "maxPool2dOblong": ({"maxPool2d": {"size": [2, 3], "stride": [3, 2]}}, [2, 7, 8], 2),
    "avgPool2d": ({"avgPool2d": 2}, [3, 6, 6], 2),
    "avgPool2dOverlapping": ({"avgPool2d": {"size": 3, "stride": 2, "padding": 1}}, [2, 7, 6], 2),
    "globalAvgPool": ("globalAvgPool", [5, 3, 4], 3),
    "batchNorm": ("batchNorm", [6], 5),
    "batchNormPictures": ({"batchNorm": {"momentum": 0.3, "eps": 1e-3}}, [3, 4, 5], 3),
    "batchNormEvaluation": ("batchNorm", [6], 5, "evaluation"),
    "batchNormPicturesEvaluation": ("batchNorm", [3, 4, 5], 3, "evaluation"),
    "flatten": ("flatten", [2, 3, 4], 3),
    "relu": ("relu", [33], 4),
    "leakyRelu": ({"leakyRelu": 0.1}, [33], 4),
    "prelu": ("prelu", [33], 4),
    "elu": ({"elu": 0.7}, [33], 4),
    "selu": ("selu", [33], 4),
    "gelu": ("gelu", [33], 4),
    "sigmoid": ("sigmoid", [33], 4),
    "tanh": ("tanh", [33], 4),
    "softmax": ("softmax", [9], 4),
    "maxout": ({"maxout": 3}, [12], 4),
    "maxoutPictures": ("maxout", [6, 3, 4], 2),
    "maxPool1d": ({"maxPool1d": {"size": 3, "stride": 2, "padding": 1}}, [3, 10], 2),
    "avgPool1d": ({"avgPool1d": {"size": 3, "stride": 2, "padding": 1}}, [3, 10], 2),
    "globalAvgPoolSequences": ("globalAvgPool", [4, 9], 3),
    "batchNormSequences": ("batchNorm", [4, 7], 3),
    "layerNorm": ("layerNorm", [11], 4),
    "layerNormPictures": ({"layerNorm": {"eps": 1e-3}}, [3, 4, 5], 2),
    "instanceNorm": ("instanceNorm", [3, 4, 5], 2),
    "instanceNormSequences": ({"instanceNorm": {"eps": 1e-3}}, [3, 9], 2),
    "rnn": ({"rnn": 5}, [6, 3], 4),
    "rnnReluSequences": ({"rnn": {"units": 4, "nonlinearity": "relu", "returnSequences": True}}, [5, 2], 3),
    "rnnOneStep": ({"rnn": 3}, [1, 2], 1),
    "lstm": ({"lstm": 5}, [6, 3], 4),
    "lstmSequences": ({"lstm": {"units": 4, "returnSequences": True}}, [7, 2], 3),
    "residual": (
        {"residual": {"body": [{"conv2d": {"filters": 3, "kernel": 3, "padding": 1}}, "tanh"]}}, [3, 4, 5], 2),
    "residualProjection": (
        {"residual": {
            "body": [{"conv2d": {"filters": 4, "kernel": 1}}, "elu",
                     {"conv2d": {"filters": 4, "kernel": 3, "stride": 2, "padding": 1}}, "elu",
                     {"conv2d": {"filters": 6, "kernel": 1}}],
            "shortcut": [{"conv2d": {"filters": 6, "kernel": 1, "stride": 2, "bias": False}}]}}, [3, 5, 6], 2),
    "concat": (
        {"concat": {"branches": [[{"conv2d": {"filters": 2, "kernel": 1}}],
                                 [{"conv2d": {"filters": 3, "kernel": 3, "padding": 1}}, "tanh"], []]}}, [3, 4, 5], 2),
    "nested": (
        {"concat": {"branches": [
            [{"residual": {"body": [{"linear": 6}, "tanh"]}}],
            [{"linear": 4}, {"concat": {"branches": [[{"linear": 2}], []]}}]]}}, [6], 3),
    "dropout": ({"dropout": 0.4}, [3, 4, 5], 3),
    "dropConnect": ({"linear": {"units": 6, "dropConnect": 0.3}}, [9], 4),
    "stochasticDepth": ({"residual": {"body": [{"linear": 7}, "tanh"], "stochasticDepth": 0.5}}, [7], 8),
    "gaussianNoise": ({"gaussianNoise": 0.5}, [12], 3),
    "fractionalMaxPool2d": ({"fractionalMaxPool2d": {"size": 2, "outputRatio": 0.7}}, [3, 10, 9], 2),
    "fractionalMaxPool2dOblong": (
        {"fractionalMaxPool2d": {"size": 3, "outputRatio": [0.5, 0.6]}}, [2, 9, 11], 2),
}

TRAINING = {
    # Activations
    "relu": hidden("relu"),
    "leakyRelu": hidden({"leakyRelu": 0.01}),
    "prelu": hidden("prelu", optimizer={"sgd": 0.1}),
    "elu": hidden({"elu": 1.0}),
    "selu": hidden("selu", optimizer={"sgd": 0.05}),
    "gelu": hidden("gelu"),
    "sigmoid": hidden("sigmoid", epochs=30, optimizer={"adam": 0.02}),
    "tanh": hidden("tanh"),
    "softmaxHidden": hidden("softmax", epochs=30, optimizer={"adam": 0.05}),
    # Losses
    "crossEntropy": perceptron("Softmax cross-entropy, the default loss"),
    "mse": perceptron("Mean squared error against one-hot vectors", loss="mse"),
    "hinge": perceptron(
        "The lectures' hinge loss", {"sgd": {"learningRate": 0.01, "momentum": 0.5}}, loss="hinge"),
    "labelSmoothing": perceptron("Label smoothing", loss={"crossEntropy": {"labelSmoothing": 0.1}}),
    # Optimizers
    "sgd": perceptron("Plain gradient descent", {"sgd": 0.2}, epochs=25),
    "sgdWeightDecay": perceptron("L2 regularization", {"sgd": {"learningRate": 0.2, "weightDecay": 0.05}}),
    "sgdMomentum": perceptron(
        "Momentum and weight decay", {"sgd": {"learningRate": 0.05, "momentum": 0.9, "weightDecay": 0.01}}),
    "sgdDampening": perceptron(
        "Momentum with dampening", {"sgd": {"learningRate": 0.1, "momentum": 0.9, "dampening": 0.5}}),
    "sgdNesterov": perceptron(
        "Nesterov's momentum", {"sgd": {"learningRate": 0.05, "momentum": 0.9, "nesterov": True, "weightDecay": 1e-3}}),
    "adam": perceptron("Adam", {"adam": 0.01}, epochs=25),
    "adamOptions": perceptron(
        "Adam with weight decay as L2 and betas of its own",
        {"adam": {"learningRate": 0.02, "beta1": 0.8, "beta2": 0.95, "eps": 1e-4, "weightDecay": 0.02}}),
    "adamW": perceptron("AdamW with its default decay", {"adamW": 0.01}),
    "adamWDecay": perceptron("AdamW with strong decoupled decay", {"adamW": {"learningRate": 0.01, "weightDecay": 0.5}}),
    "rmsprop": perceptron("RMSProp", {"rmsprop": 0.005}),
    "rmspropOptions": perceptron(
        "RMSProp, centered, with momentum and weight decay",
        {"rmsprop": {"learningRate": 0.002, "alpha": 0.9, "eps": 1e-3, "momentum": 0.8, "centered": True,
                     "weightDecay": 0.01}}),
    "adagrad": perceptron("AdaGrad", {"adagrad": 0.05}),
    "adagradOptions": perceptron(
        "AdaGrad with a decaying rate and weight decay",
        {"adagrad": {"learningRate": 0.1, "learningRateDecay": 0.05, "weightDecay": 0.01}}),
    "clippingNorm": perceptron(
        "Gradients clipped by their common norm", {"sgd": {"learningRate": 0.5, "momentum": 0.5}},
        gradientClipping={"norm": 0.1}),
    "clippingValue": perceptron(
        "Gradients clipped by value", {"sgd": {"learningRate": 0.5, "momentum": 0.5, "weightDecay": 0.01}},
        gradientClipping={"value": 0.02}),
    # Schedules
    "scheduleStep": perceptron("The rate in steps", schedule={"step": {"every": {"epochs": 4}, "factor": 0.5}}),
    "scheduleMultiStep": perceptron("The rate at milestones", schedule={"multiStep": {"at": [20, 40], "factor": 0.2}}),
    "scheduleLinear": perceptron("A linear rate", schedule={"linear": {"to": 0.01}}),
    "schedulePolynomial": perceptron("A polynomial rate", schedule={"polynomial": {"power": 3}}),
    "schedulePolynomialTo": perceptron(
        "A polynomial rate with warm-up and an end", schedule={"polynomial": {"to": 0.01, "power": 2, "warmup": 5}}),
    "scheduleCosine": perceptron("A cosine", schedule={"cosine": {"to": 0.001}}),
    "scheduleCosineWarmup": perceptron("A cosine after warm-up", schedule={"cosine": {"warmup": {"epochs": 2}}}),
    "scheduleCosineRestarts": perceptron(
        "A cosine with restarts", schedule={"cosineRestarts": {"period": 8, "growth": 2, "to": 0.002}}),
    "scheduleExponential": perceptron("An exponential rate", schedule={"exponential": 0.96}),
    "scheduleInverseSquareRoot": perceptron(
        "An inverse square root after warm-up", schedule={"inverseSquareRoot": {"warmup": 10}}),
    "scheduleOneCycle": perceptron(
        "One cycle up and down", {"sgd": {"learningRate": 0.01, "momentum": 0.9}},
        schedule={"oneCycle": {"peak": 20, "rise": 0.4}}),
    "scheduleConstantWarmup": perceptron("A constant rate after warm-up", schedule={"constant": {"warmup": 12}}),
    "plateau": perceptron(
        "The rate falls where the validation loss stands still", {"sgd": {"learningRate": 0.8}}, epochs=25,
        validates=True, plateau={"factor": 0.5, "patience": 1, "threshold": 0.05, "cooldown": 1}),
    # Preprocessing and batches
    "standardizeFeatures": perceptron(
        "Standardized features of raw bytes, with validation", raw=True, validates=True,
        preprocessing=["standardize"], optimizer={"sgd": 0.05}),
    "standardizeChannels": run(
        "Standardized channels", CONVOLUTIONS, "colors", preprocessing=[{"standardize": "channels"}],
        optimizer={"sgd": 0.05}, validates=True),
    "zeroMean": perceptron("Centered features", preprocessing=["zeroMean"], validates=True),
    "standardizeAll": perceptron(
        "One mean and deviation for all", {"sgd": 0.1}, preprocessing=[{"standardize": "all"}]),
    "lastBatchSmaller": perceptron("A last batch of two examples", batchSize=10, epochs=15),
    "dropLast": perceptron("The last batch left out", batchSize=10, epochs=20, dropLast=True),
    # Layers
    "convolutions": run("Convolution, pooling, linear", CONVOLUTIONS, "pictures"),
    "convolutionKinds": run(
        "Strides, oblong and pointwise kernels, average pooling",
        [{"conv2d": {"filters": 4, "kernel": 3, "stride": 2, "padding": 1}}, "relu",
         {"conv2d": {"filters": 4, "kernel": [1, 3], "padding": [0, 1]}}, "tanh",
         {"conv2d": {"filters": 6, "kernel": 1, "bias": False}}, "relu",
         {"avgPool2d": {"size": 2, "stride": 1}}, "flatten", {"linear": 4}], "colors", epochs=20,
        optimizer={"sgd": {"learningRate": 0.05, "momentum": 0.9}}),
    "overlappingPools": run(
        "Overlapping maximum pools and global average pooling",
        [{"conv2d": {"filters": 6, "kernel": 3, "padding": 1}}, "tanh",
         {"maxPool2d": {"size": 3, "stride": 2, "padding": 1}}, {"conv2d": {"filters": 8, "kernel": 2}}, "elu",
         "globalAvgPool", {"linear": 4}], "pictures", epochs=20,
        optimizer={"sgd": {"learningRate": 0.05, "momentum": 0.9}}),
    "batchNorm": run(
        "Batch norm after linear layers, evaluated with running statistics",
        [{"linear": 12}, "batchNorm", "tanh", {"linear": {"units": 8, "bias": False}}, "batchNorm", "elu",
         {"linear": 3}], optimizer={"sgd": 0.05}, validates=True),
    "batchNormPictures": run(
        "Batch norm after convolutions, evaluated with running statistics",
        [{"conv2d": {"filters": 4, "kernel": 3, "padding": 1, "bias": False}}, "batchNorm", "elu", {"avgPool2d": 2},
         "flatten", {"linear": 4}], "colors", optimizer={"sgd": 0.05}, validates=True),
    "batchNormOptions": run(
        "Batch norm with a momentum and an eps of its own",
        [{"conv2d": {"filters": 4, "kernel": 3}}, {"batchNorm": {"momentum": 0.4, "eps": 0.01}}, "gelu", "flatten",
         {"linear": 4}], "pictures", optimizer={"sgd": 0.05}, validates=True),
    "dropoutOff": run(
        "Dropout with p = 0", [{"linear": 12}, {"dropout": 0}, "tanh", {"linear": 3}], validates=True),
    "dropout": run(
        "Dropout with the masks that seed, layer and step make, and evaluations without them",
        [{"linear": 16}, {"dropout": 0.5}, "tanh", {"dropout": 0.2}, {"linear": 3}], seed=5, validates=True),
    "maxout": run("Maxout", [{"linear": 12}, "maxout", {"linear": 9}, {"maxout": 3}, {"linear": 3}]),
    "layerNorm": run(
        "Layer norm after linear and convolution layers",
        [{"conv2d": {"filters": 4, "kernel": 3}}, "layerNorm", "elu", "flatten", {"linear": 8}, "layerNorm", "tanh",
         {"linear": 4}], "colors", optimizer={"sgd": 0.05}, validates=True),
    "instanceNorm": run(
        "Instance norm after convolutions",
        [{"conv2d": {"filters": 4, "kernel": 3}}, "instanceNorm", "gelu", "flatten", {"linear": 4}], "colors",
        optimizer={"sgd": 0.05}, validates=True),
    "dropConnect": run(
        "DropConnect with the masks that seed, layer and step make",
        [{"linear": {"units": 16, "dropConnect": 0.5}}, "tanh", {"linear": {"units": 3, "dropConnect": 0.2}}],
        seed=9, validates=True),
    "dropConnectOff": run("DropConnect with p = 0", [{"linear": {"units": 12, "dropConnect": 0}}, "tanh", {"linear": 3}]),
    "stochasticDepth": run(
        "Stochastic depth with the masks that seed, layer and step make",
        [{"linear": 8}, "tanh", {"residual": {"body": [{"linear": 8}, "tanh"], "stochasticDepth": 0.5}},
         {"residual": {"body": [{"linear": 6}, "tanh", {"linear": 4}], "shortcut": [{"linear": 4}],
                       "stochasticDepth": 0.3}}, {"linear": 3}], seed=4, validates=True, optimizer={"sgd": 0.1}),
    "noiseOff": run("Noise of std 0", [{"linear": 12}, {"gaussianNoise": 0}, "tanh", {"linear": 3}]),
    # Sequences and numbers to predict
    "rnn": run("A plain recurrent layer over sequences", [{"rnn": 6}, {"linear": 3}], "sequences", validates=True,
               optimizer={"sgd": {"learningRate": 0.05, "momentum": 0.9}}),
    "rnnStacked": run(
        "Two recurrent layers with ReLU, clipped gradients",
        [{"rnn": {"units": 5, "nonlinearity": "relu", "returnSequences": True}}, {"rnn": 5}, {"linear": 3}],
        "sequences", gradientClipping={"norm": 0.5}, optimizer={"sgd": 0.1}),
    "lstm": run("Long short-term memory", [{"lstm": 5}, {"linear": 3}], "sequences", validates=True,
                optimizer={"adam": 0.01}, epochs=20),
    "lstmStacked": run(
        "Two LSTM layers", [{"lstm": {"units": 4, "returnSequences": True}}, {"lstm": 4}, {"linear": 3}], "sequences",
        optimizer={"sgd": {"learningRate": 0.2, "momentum": 0.9}}),
    "conv1d": run(
        "Convolutions, batch norm and pools over signals",
        [{"conv1d": {"filters": 4, "kernel": 3, "padding": 1}}, "tanh", {"maxPool1d": 2},
         {"conv1d": {"filters": 6, "kernel": 2, "stride": 2, "bias": False}}, "batchNorm", "elu", {"avgPool1d": 2},
         "flatten", {"linear": 3}], "signals", validates=True, optimizer={"sgd": 0.05}),
    "regression": run(
        "Numbers to predict with the mean squared error", [{"linear": 12}, "tanh", {"linear": 2}], "numbers",
        loss="mse", validates=True, optimizer={"sgd": {"learningRate": 0.05, "momentum": 0.9}}),
    # Architectures
    "vgg": run(
        "VGG-style: pairs of 3x3 convolutions, each followed by a pool",
        [{"conv2d": {"filters": 3, "kernel": 3, "padding": 1}}, "relu",
         {"conv2d": {"filters": 3, "kernel": 3, "padding": 1}}, "relu", {"maxPool2d": 2},
         {"conv2d": {"filters": 6, "kernel": 3, "padding": 1}}, "relu",
         {"conv2d": {"filters": 6, "kernel": 3, "padding": 1}}, "relu", {"maxPool2d": 2},
         "flatten", {"linear": 8}, "relu", {"linear": 4}], "colors", epochs=20,
        preprocessing=[{"standardize": "channels"}], validates=True,
        optimizer={"sgd": {"learningRate": 0.03, "momentum": 0.9, "weightDecay": 1e-3}}),
    "alexNet": run(
        "AlexNet-style: a large kernel with a stride, overlapping pools, dropout before the linear layers",
        [{"conv2d": {"filters": 5, "kernel": 5, "stride": 1, "padding": 2}}, "relu",
         {"maxPool2d": {"size": 3, "stride": 2}}, {"conv2d": {"filters": 6, "kernel": 3, "padding": 1}}, "relu",
         {"maxPool2d": {"size": 3, "stride": 2}}, "flatten", {"dropout": 0.5}, {"linear": 10}, "relu", {"dropout": 0.5},
         {"linear": 4}], "colors", seed=3, preprocessing=[{"standardize": "channels"}],
        optimizer={"sgd": {"learningRate": 0.02, "momentum": 0.9}}, validates=True),
    "googLeNet": run(
        "GoogLeNet-style: parallel branches joined along the channels, global average pooling",
        [{"conv2d": {"filters": 4, "kernel": 3, "padding": 1}}, "relu", {"maxPool2d": 2},
         {"concat": {"branches": [
             [{"conv2d": {"filters": 3, "kernel": 1}}, "relu"],
             [{"conv2d": {"filters": 2, "kernel": 1}}, "relu",
              {"conv2d": {"filters": 4, "kernel": 3, "padding": 1}}, "relu"],
             [{"maxPool2d": {"size": 3, "stride": 1, "padding": 1}}, {"conv2d": {"filters": 2, "kernel": 1}}, "relu"],
         ]}}, "globalAvgPool", {"linear": 4}], "colors", preprocessing=[{"standardize": "channels"}], epochs=20,
        optimizer={"sgd": {"learningRate": 0.03, "momentum": 0.9}}, validates=True),
    "resNet": run(
        "ResNet-style: plain blocks with batch norm, one with a projection, global average pooling",
        [{"conv2d": {"filters": 4, "kernel": 3, "padding": 1, "bias": False}}, "batchNorm", "relu",
         {"residual": {"body": [
             {"conv2d": {"filters": 4, "kernel": 3, "padding": 1, "bias": False}}, "batchNorm", "relu",
             {"conv2d": {"filters": 4, "kernel": 3, "padding": 1, "bias": False}}, "batchNorm"]}}, "relu",
         {"residual": {"body": [
             {"conv2d": {"filters": 6, "kernel": 3, "stride": 2, "padding": 1, "bias": False}}, "batchNorm", "relu",
             {"conv2d": {"filters": 6, "kernel": 3, "padding": 1, "bias": False}}, "batchNorm"],
             "shortcut": [{"conv2d": {"filters": 6, "kernel": 1, "stride": 2, "bias": False}}, "batchNorm"]}}, "relu",
         "globalAvgPool", {"linear": 4}], "colors", preprocessing=[{"standardize": "channels"}],
        optimizer={"sgd": 0.02}, validates=True),
    "resNetBottleneck": run(
        "ResNet-style: a bottleneck block with a projection, biases before the batch norms",
        [{"conv2d": {"filters": 4, "kernel": 3, "padding": 1}}, "batchNorm", "elu",
         {"residual": {"body": [
             {"conv2d": {"filters": 2, "kernel": 1}}, "batchNorm", "elu",
             {"conv2d": {"filters": 2, "kernel": 3, "padding": 1}}, "batchNorm", "elu",
             {"conv2d": {"filters": 8, "kernel": 1}}, "batchNorm"],
             "shortcut": [{"conv2d": {"filters": 8, "kernel": 1}}, "batchNorm"]}}, "elu",
         "globalAvgPool", {"linear": 4}], "colors", preprocessing=[{"standardize": "channels"}],
        optimizer={"sgd": {"learningRate": 0.02, "weightDecay": 1e-3}}, validates=True),
}
