package dev.lanewise.autodiff.chain;

import dev.lanewise.AffineMap;
import dev.lanewise.JacobianStructure;
import dev.lanewise.JacobianStructure.Kind;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The layers that a network is composed of, in order, nested chains flattened. This is the part of a [Chain] that does
/// not depend on values, so the chains of several threads share it.
///
/// A layer that is a sum of branches and states no other structure of its Jacobian is one link, with the links of each
/// branch.
public final class Links {

  /// One layer.
  ///
  /// @param path where its part of θ is: part `path[0]` of the whole, part `path[1]` of that, and so on
  /// @param branches the links of each branch of a sum, empty for another layer
  record Link(Layer layer, int[] path, Shape input, Shape output, JacobianStructure structure, List<Links> branches) {

    Parameters of(Parameters theta) {
      Parameters part = theta;
      for (int index : path) {
        part = part.part(index);
      }
      return part;
    }

    boolean isDiagonal() {
      return structure.kind() == Kind.DIAGONAL;
    }

    boolean isSum() {
      return !branches.isEmpty();
    }

    /// The additions that a sum of branches takes for each direction.
    private long additions() {
      return (branches.size() - 1L) * output.size();
    }

    long multiplyAdds() {
      return isSum() ? branches.stream().mapToLong(Links::multiplyAdds).sum() + additions() : structure.multiplyAdds();
    }

    long kept() {
      return isSum() ? branches.stream().mapToLong(Links::kept).sum() + output.size() : structure.kept();
    }
  }

  private final Layer network;
  private final List<Link> all = new ArrayList<>();
  private final Shape input;
  private final Shape output;

  Links(Layer network, Parameters theta, Shape input) {
    this(network, theta, new int[0], input);
  }

  private Links(Layer network, Parameters theta, int[] path, Shape input) {
    this.network = network;
    this.input = input;
    this.output = flatten(network, theta, path, input);
  }

  private Shape flatten(Layer layer, Parameters theta, int[] path, Shape from) {
    if (layer.chain().isEmpty()) {
      Shape to = layer.outputShape(from);
      JacobianStructure structure = layer.jacobianStructure(from);
      boolean isSum = structure.kind() == Kind.IMPLICIT && !layer.branches().isEmpty();
      all.add(new Link(layer, path, from, to, structure, isSum ? branches(layer, theta, path, from, to) : List.of()));
      return to;
    }
    theta.requireParts(layer.chain().size(), layer, "theta");
    Shape shape = from;
    for (int part = 0; part < layer.chain().size(); part++) {
      shape = flatten(layer.chain().get(part), theta.part(part), longer(path, part), shape);
    }
    return shape;
  }

  private static List<Links> branches(Layer sum, Parameters theta, int[] path, Shape from, Shape to) {
    theta.requireParts(sum.branches().size(), sum, "theta");
    List<Links> branches = new ArrayList<>();
    for (int part = 0; part < sum.branches().size(); part++) {
      Layer branch = sum.branches().get(part);
      Links links = new Links(branch, theta.part(part), longer(path, part), from);
      if (!links.output.equals(to)) {
        throw new IllegalArgumentException(sum + ": branch " + part + ", " + branch + ", has output " + links.output
            + ", the sum has " + to + ", expected the same");
      }
      branches.add(links);
    }
    return List.copyOf(branches);
  }

  private static int[] longer(int[] path, int part) {
    int[] longer = Arrays.copyOf(path, path.length + 1);
    longer[path.length] = part;
    return longer;
  }

  /// All layers of a network as affine maps with activations, in order; empty if any layer is not an affine map.
  ///
  /// @param theta the network's own
  /// @return views of θ
  /// @throws IllegalArgumentException if θ is another network's
  public static List<AffineMap> affineMaps(Layer network, Parameters theta) {
    List<AffineMap> maps = new ArrayList<>();
    return collect(network, theta, maps) ? List.copyOf(maps) : List.of();
  }

  private static boolean collect(Layer layer, Parameters theta, List<AffineMap> maps) {
    if (layer.chain().isEmpty()) {
      Optional<AffineMap> map = layer.affineMap(theta);
      map.ifPresent(maps::add);
      return map.isPresent();
    }
    theta.requireParts(layer.chain().size(), layer, "theta");
    for (int part = 0; part < layer.chain().size(); part++) {
      if (!collect(layer.chain().get(part), theta.part(part), maps)) {
        return false;
      }
    }
    return true;
  }

  List<AffineMap> affineMaps(Parameters theta) {
    return affineMaps(network, theta);
  }

  Link get(int link) {
    return all.get(link);
  }

  int count() {
    return all.size();
  }

  Shape input() {
    return input;
  }

  Shape output() {
    return output;
  }

  /// The multiply-adds of one direction through all layers, and so of the value.
  long multiplyAdds() {
    return all.stream().mapToLong(Link::multiplyAdds).sum();
  }

  /// How many numbers the layers' linearizations keep, as far as the layers state it.
  long kept() {
    return all.stream().mapToLong(Link::kept).sum();
  }
}
