package dev.lanewise.graph;

import dev.lanewise.Activation;
import dev.lanewise.Shape;
import dev.lanewise.nn.Elementwise;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// What random graphs are made of, each on values between about −2 and 2, and giving such.
enum GraphOperation {
  PLUS(g -> g.both((a, b) -> a.plus(b).times(0.5))),
  PLUS_A_NUMBER(g -> g.any().plus(g.random.nextDouble(-0.5, 0.5)).tanh()),
  MINUS(g -> g.both((a, b) -> a.minus(b).times(0.5))),
  TIMES(g -> g.both((a, b) -> a.times(b).times(0.5))),
  TIMES_ITSELF(g -> {
    Node a = g.any();
    return a.times(a).times(0.5);
  }),
  DIVIDED(g -> g.both((a, b) -> a.dividedBy(b.square().plus(1)))),
  MIN(g -> g.both((a, b) -> g.apart(a).min(b.tanh()).times(0.3))),
  MAX(g -> g.both((a, b) -> b.tanh().max(g.apart(a)).times(0.3))),
  SELECT(g -> g.both((a, b) -> g.apart(a).select(b, a))),
  NEGATE(g -> g.any().negate()),
  SQUARE(g -> g.any().square().times(0.25)),
  SQRT(g -> g.any().square().plus(0.5).sqrt()),
  RECIPROCAL(g -> g.any().square().plus(0.5).reciprocal()),
  ABS(g -> g.apart(g.any()).abs().times(0.3)),
  CLAMP(g -> g.apart(g.any()).clamp(g.random.nextBoolean() ? -2 : -6, 6).times(0.3)),
  POW(g -> g.any().square().plus(0.5).pow(List.of(0.7, -1.3, 1.5, -1.0).get(g.random.nextInt(4))).times(0.4)),
  POW_OF_A_WHOLE_NUMBER(g -> g.any().tanh().pow(g.random.nextInt(2, 4))),
  EXP(g -> g.any().times(0.4).exp()),
  LOG(g -> g.any().square().plus(0.5).log()),
  LOG1P(g -> g.any().square().log1p()),
  EXPM1(g -> g.any().times(0.4).expm1()),
  SIN(g -> g.any().sin()),
  COS(g -> g.any().times(2).cos()),
  ERF(g -> g.any().erf()),
  RARE(g -> g.rare(g.any().tanh().times(0.7)).times(0.5)),
  SIGN(g -> g.apart(g.any()).sign().times(0.3)),
  ROUND(g -> g.rounded(g.any().tanh().times(0.2).plus(g.random.nextInt(3) - 0.75)).times(0.3)),
  KINKED(g -> g.apart(g.any()).activate(g.random.nextBoolean() ? Activation.RELU : Activation.LEAKY_RELU).times(0.3)),
  ACTIVATION(g -> g.any().activate(List.of(Activation.SIGMOID, Activation.TANH, Activation.GELU, Activation.SOFTPLUS,
      Activation.SILU, Activation.MISH).get(g.random.nextInt(6)))),
  LINEAR(g -> g.any().linear(g.name(), g.random.nextInt(1, 4), g.random.nextBoolean()).tanh()),
  LINEAR_TWICE(g -> {
    Node a = g.any();
    String name = g.name();
    return a.linear(name, a.shape().last()).tanh().linear(name, a.shape().last()).tanh();
  }),
  LAYER(g -> g.any().apply(g.name(), new Elementwise(Activation.GELU))),
  NESTED(g -> g.nested(g.any())),
  MATMUL(g -> {
    Node a = g.any(2);
    return a.matmul(g.parameter(a, Shape.of(a.shape().last(), g.random.nextInt(1, 4)))).tanh();
  }),
  MATMUL_OF_ITSELF(g -> {
    Node a = g.any(2);
    return a.matmulTransposed(a.sin()).times(0.3).tanh();
  }),
  MATMUL_TURNED(g -> {
    Node a = g.any(2);
    return a.transposedMatmul(g.apart(a).times(0.2)).tanh();
  }),
  DOT(g -> {
    Node a = g.any();
    return a.dot(a.sin()).times(0.2).tanh();
  }),
  SUM(g -> {
    Node a = g.any();
    return a.sum(g.axes(a)).tanh();
  }),
  MEAN(g -> {
    Node a = g.any();
    return a.mean(g.axes(a));
  }),
  PROD(g -> {
    Node a = g.any().times(0.4).cos();
    return a.prod(g.axes(a));
  }),
  MAXIMUM(g -> {
    Node a = g.any();
    return g.spread(a).max(g.axes(a)).times(0.02);
  }),
  MINIMUM(g -> {
    Node a = g.any();
    return g.spread(a).min(g.axes(a)).times(0.02);
  }),
  LOG_SUM_EXP(g -> {
    Node a = g.any();
    return a.logSumExp(g.axes(a)).times(0.5);
  }),
  SQUARED_NORM(g -> {
    Node a = g.any();
    return a.squaredNorm(g.axes(a)).times(0.1).sin();
  }),
  SOFTMAX(g -> g.any().softmax()),
  LOG_SOFTMAX(g -> g.any().logSoftmax().times(0.3)),
  RESHAPE(g -> {
    Node a = g.any();
    return a.shape().size() % 2 == 0 ? a.reshape(2, -1) : a.flatten();
  }),
  PERMUTE(g -> {
    Node a = g.any(2);
    int rank = a.shape().rank();
    int turn = g.random.nextInt(rank);
    return a.permute(IntStream.range(0, rank).map(axis -> (axis + turn) % rank).toArray());
  }),
  SLICE(g -> {
    Node a = g.any();
    int axis = g.axis(a);
    int length = a.shape().dim(axis);
    int from = g.random.nextInt(length);
    return a.slice(axis, from, g.random.nextInt(from, length) + 1, g.random.nextInt(1, 3));
  }),
  PAD(g -> {
    Node a = g.any();
    return a.pad(g.axis(a), g.random.nextInt(2), g.random.nextInt(2));
  }),
  REPEAT(g -> {
    Node a = g.any();
    return a.repeat(g.axis(a), g.random.nextInt(1, 3));
  }),
  GATHER(g -> {
    Node a = g.any();
    int axis = g.axis(a);
    return a.gather(axis, g.random.ints(g.random.nextInt(1, 4), 0, a.shape().dim(axis)).toArray());
  }),
  CONCAT(g -> {
    Node a = g.any();
    return Node.concat(g.axis(a), a.sin(), a, a.sin());
  }),
  STACK(g -> {
    Node a = g.any();
    return Node.stack(g.random.nextInt(a.shape().rank() + 1), a, a.cos());
  });

  private final Function<RandomGraph, Node> growth;

  GraphOperation(Function<RandomGraph, Node> growth) {
    this.growth = growth;
  }

  /// A new value of what the graph has.
  Node grow(RandomGraph graph) {
    return growth.apply(graph);
  }
}
