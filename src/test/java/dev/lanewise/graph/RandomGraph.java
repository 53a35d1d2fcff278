package dev.lanewise.graph;

import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Primitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/// An expression that is drawn at random: operations on values that are there, some of which several read. All values
/// stay small, and away from where an operation has a kink or no value, for inputs between −1.5 and 1.5.
final class RandomGraph {

  private static final int MOST_ELEMENTS = 24;
  private static final int MOST_AXES = 3;
  /// No moved argument crosses a kink.
  static final double FAR = 4;

  final Random random;
  private final List<Node> values = new ArrayList<>();
  private final Set<Vertex> read = new HashSet<>();
  private int names;

  private RandomGraph(Random random, Node x) {
    this.random = random;
    this.values.add(x);
  }

  /// A graph, its input's shape, and the operations that are in it.
  record Drawn(Layer layer, Shape sample, Set<Class<? extends Primitive>> primitives, int size) {}

  /// A graph of up to `most` operations that follows from the seed.
  static Drawn draw(long seed, int most) {
    return draw(new Random(seed * 0x9E3779B97F4A7C15L), most);
  }

  private static Drawn draw(Random random, int most) {
    Shape sample = shape(random);
    Set<Class<? extends Primitive>> primitives = new HashSet<>();
    int[] size = new int[1];
    Layer layer = Graph.layer(sample, x -> {
      Node y = new RandomGraph(random, x).grown(1 + random.nextInt(most));
      size[0] = collect(y.vertex(), new HashSet<>(), primitives);
      return y;
    });
    return new Drawn(layer, sample, primitives, size[0]);
  }

  private static Shape shape(Random random) {
    int[] dims = random.ints(1 + random.nextInt(MOST_AXES), 1, 4).toArray();
    return Shape.of(dims);
  }

  private static int collect(Vertex vertex, Set<Vertex> known, Set<Class<? extends Primitive>> into) {
    int size = 0;
    if (known.add(vertex)) {
      if (vertex.primitive != null) {
        into.add(vertex.primitive.getClass());
      }
      for (Vertex operand : vertex.operands) {
        size += collect(operand, known, into);
      }
      size += 1;
    }
    return size;
  }

  /// Adds operations until there are so many nodes, and joins what nobody reads.
  private Node grown(int nodes) {
    GraphOperation[] operations = GraphOperation.values();
    for (int tries = 0; values.size() < nodes && tries < 4 * nodes; tries++) {
      Node grown = operations[random.nextInt(operations.length)].grow(this);
      if (grown != null && grown.shape().size() <= MOST_ELEMENTS && grown.shape().rank() <= MOST_AXES) {
        values.add(grown);
      }
    }
    List<Node> ends = new ArrayList<>();
    Set<Vertex> taken = new HashSet<>();
    values.forEach(value -> taken.addAll(value.vertex().operands));
    values.stream().filter(value -> !taken.contains(value.vertex()) && !read.contains(value.vertex()))
        .forEach(value -> ends.add(value.flatten()));
    return ends.size() < 2 ? values.getLast() : Node.concat(ends.toArray(Node[]::new));
  }

  /// A value that is there, rather a late one.
  Node any() {
    int from = random.nextInt(values.size());
    Node value = values.get(Math.max(from, random.nextInt(values.size())));
    read.add(value.vertex());
    return value;
  }

  /// One with at least so many axes.
  Node any(int axes) {
    Node value = any();
    while (value.shape().rank() < axes) {
      value = value.unsqueeze(0);
    }
    return value;
  }

  /// Something that broadcasts with a value: one of its shape, a parameter or constants of its last axes, a number.
  Node other(Node value) {
    List<Node> same = values.stream().filter(one -> one.shape().equals(value.shape())).toList();
    int which = random.nextInt(5);
    if (which < 3 && !same.isEmpty()) {
      Node other = same.get(random.nextInt(same.size()));
      read.add(other.vertex());
      return other;
    }
    Shape shape = value.shape();
    while (shape.rank() > 1 && random.nextBoolean()) {
      shape = shape.withoutFirst();
    }
    if (random.nextInt(4) == 0) {
      shape = Shape.of(1);
    }
    return which == 3 ? constant(value, shape, random::nextGaussian) : parameter(value, shape);
  }

  /// A value and something that broadcasts with it.
  Node both(BiFunction<Node, Node, Node> operation) {
    Node value = any();
    return operation.apply(value, other(value));
  }

  Node parameter(Node value, Shape shape) {
    return value.parameter(name(), shape, Initializer.uniform(1));
  }

  Node constant(Node value, Shape shape, DoubleSupplier numbers) {
    Tensor tensor = Tensor.zeros(Precision.DOUBLE, shape);
    for (int place = 0; place < tensor.size(); place++) {
      tensor.set(place, numbers.getAsDouble());
    }
    return value.constant(tensor);
  }

  /// The value moved far up or down, element by element: no two are near each other, and none is near 0.
  Node apart(Node value) {
    return value.tanh().plus(constant(value, value.shape(), () -> random.nextBoolean() ? FAR : -FAR));
  }

  /// Each element moved to a place of its own.
  Node spread(Node value) {
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < value.shape().size(); place++) {
      places.add(place);
    }
    Collections.shuffle(places, random);
    return value.tanh().plus(constant(value, value.shape(), () -> FAR * places.removeLast()));
  }

  /// A rare function of something between −0.7 and 0.7.
  Node rare(Node value) {
    return switch (random.nextInt(9)) {
      case 0 -> value.tan();
      case 1 -> value.asin();
      case 2 -> value.acos();
      case 3 -> value.atan();
      case 4 -> value.sinh();
      case 5 -> value.cosh();
      case 6 -> value.asinh();
      case 7 -> value.plus(2).acosh();
      default -> value.atanh();
    };
  }

  Node rounded(Node value) {
    return switch (random.nextInt(3)) {
      case 0 -> value.floor();
      case 1 -> value.ceil();
      default -> value.round();
    };
  }

  String name() {
    return "p" + names++;
  }

  int axis(Node value) {
    return random.nextInt(value.shape().rank());
  }

  /// Some axes of a value, all of them for none, which stay or go.
  Axes axes(Node value) {
    int[] chosen = IntStream.range(0, value.shape().rank()).filter(_ -> random.nextBoolean()).toArray();
    return random.nextBoolean() ? Axes.kept(chosen) : Axes.of(chosen);
  }

  /// A graph inside.
  Node nested(Node value) {
    Layer inner = Graph.layer(value.shape(), x -> new RandomGraph(random, x).grown(1 + random.nextInt(5)));
    return value.apply(name(), inner);
  }
}
