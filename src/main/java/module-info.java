/// Jacobians of neural networks at SIMD speed: forward mode, reverse mode, measured; and their training.
module dev.lanewise {
  requires jdk.incubator.vector;
  requires static java.management;
  requires static jdk.jfr;
  requires static jdk.management;

  exports dev.lanewise;
  exports dev.lanewise.autodiff;
  exports dev.lanewise.autodiff.cost;
  exports dev.lanewise.io;
  exports dev.lanewise.model;
  exports dev.lanewise.nn;
  exports dev.lanewise.nn.recurrent;
  exports dev.lanewise.ops;
  exports dev.lanewise.testkit;
  exports dev.lanewise.train;
  exports dev.lanewise.train.data;
  exports dev.lanewise.train.loss;
  exports dev.lanewise.train.optimizer;
  exports dev.lanewise.train.validation;
}
