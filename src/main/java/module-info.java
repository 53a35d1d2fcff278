/// Jacobians of neural networks at SIMD speed, by forward and reverse mode, and the training of networks.
///
/// A tour:
///
/// ```java
/// Sequential net = Sequential.of(new Dense(4, 8, Activation.TANH), new Dense(8, 2));     // layers: no numbers in them
/// Parameters theta = Parameters.initialize(net.parameters(), Precision.FLOAT, 42);       // their numbers
/// Tensor x = Tensor.row(0.1f, -0.2f, 0.3f, 0.4f);                                        // a sample, [1, 4]
/// Tensor jacobian = Jacobians.jacobian(net, theta, x);                                   // ∂y/∂x, [2, 4]
/// Tensor pushed = Jacobians.valueAndJvp(net, theta, x, Tensor.row(1f, 0f, 0f, 0f)).tangent();      // its first column
/// Parameters pulled = Jacobians.valueAndVjp(net, theta, x, Tensor.row(1f, 0f)).thetaBar();         // ∂y₁/∂θ
/// PreparedJacobian prepared = PreparedJacobian.of(net, theta, x.shape());                // for loops: planned once,
/// prepared.at(x, Tensor.zeros(Precision.FLOAT, 1, 2), jacobian);                         // allocates nothing
/// Regressor model = Mlp.regression(1, 1)
///     .fit(Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 6, 1), Tensor.of(new float[] {1, 3, 5, 7, 9, 11}, 6, 1));
/// Tensor predicted = model.predict(Tensor.row(2.5f));                                    // from data to predictions
/// ```
///
/// Where to look:
///
/// - take a network's derivatives: [dev.lanewise.autodiff], first [dev.lanewise.autodiff.Jacobians] and
///   [dev.lanewise.autodiff.PreparedJacobian]
/// - build a network: [dev.lanewise.nn], [dev.lanewise.nn.block], [dev.lanewise.nn.recurrent]
/// - get a model from data, or load one: [dev.lanewise.model]: [dev.lanewise.model.Mlp], [dev.lanewise.model.Cnn],
///   [dev.lanewise.model.Sequence]
/// - import a network trained elsewhere: [dev.lanewise.onnx], or its weights alone: [dev.lanewise.io.Safetensors]
/// - train your own network: [dev.lanewise.train.Trainer], with [dev.lanewise.train.loss],
///   [dev.lanewise.train.optimizer], [dev.lanewise.train.data], [dev.lanewise.train.validation]
/// - write a layer as an expression: [dev.lanewise.graph.Graph], [dev.lanewise.graph.Node]
/// - write a layer: [dev.lanewise.Layer], [dev.lanewise.ops], and its laws, [dev.lanewise.testkit.LayerContract]
/// - check derivatives: [dev.lanewise.testkit.GradCheck]
/// - look up the measured costs of orders of multiplication: [dev.lanewise.autodiff.cost]
///
/// Everything computes on a [dev.lanewise.Tensor], in either [dev.lanewise.Precision], with memory from a
/// [dev.lanewise.Workspace]; layers and parameters may be shared between threads, but a workspace belongs to one thread
/// at a time. Bad input is refused by an [IllegalArgumentException] that names both sides, before anything is written.
/// The formulas are [documented equation by equation](https://github.com/lanewise/lanewise/blob/main/docs/math.md).
/// Each package states its stability.
module dev.lanewise {
  requires jdk.incubator.vector;
  requires static java.management;
  requires static jdk.jfr;
  requires static jdk.management;

  exports dev.lanewise;
  exports dev.lanewise.autodiff;
  exports dev.lanewise.autodiff.cost;
  exports dev.lanewise.graph;
  exports dev.lanewise.io;
  exports dev.lanewise.model;
  exports dev.lanewise.model.evaluation;
  exports dev.lanewise.model.explanation;
  exports dev.lanewise.nn;
  exports dev.lanewise.nn.block;
  exports dev.lanewise.nn.recurrent;
  exports dev.lanewise.onnx;
  exports dev.lanewise.ops;
  exports dev.lanewise.testkit;
  exports dev.lanewise.train;
  exports dev.lanewise.train.data;
  exports dev.lanewise.train.loss;
  exports dev.lanewise.train.optimizer;
  exports dev.lanewise.train.validation;
}
