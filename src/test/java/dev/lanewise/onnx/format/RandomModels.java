package dev.lanewise.onnx.format;

import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import dev.lanewise.onnx.format.ValueInfo.Dimension;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Models of all that a file can hold, and no sense, from a seed.
final class RandomModels {

  private static final List<ElementType> TYPES = Arrays.stream(ElementType.values())
      .filter(type -> type.isFloating() || type.isInteger()).toList();
  private static final List<Kind> KINDS = Arrays.stream(Kind.values()).filter(kind -> kind != Kind.OTHER).toList();
  private static final String LETTERS = "abcxyz/:.0189_ äß漢\n😀";

  private final Random random;

  private RandomModels(long seed) {
    random = new Random(seed);
  }

  static ModelProto of(long seed) {
    return new RandomModels(seed).model();
  }

  static TensorProto tensor(long seed, ElementType type, int... dims) {
    return new RandomModels(seed).tensor(type, dims);
  }

  private ModelProto model() {
    GraphProto graph = new GraphProto(text(), list(5, this::node), list(4, this::tensor), list(3, this::value),
        list(3, this::value), list(3, this::value));
    return new ModelProto(random.nextInt(3, 12), text(), map(this::text, () -> random.nextLong()), graph,
        map(this::text, this::text), 0);
  }

  private NodeProto node() {
    Map<String, AttributeProto> attributes = new LinkedHashMap<>();
    list(4, this::attribute).forEach(attribute -> attributes.put(attribute.name(), attribute));
    return new NodeProto(text(), "o" + text(), text(), list(4, this::text), list(4, this::text), attributes);
  }

  private AttributeProto attribute() {
    Kind kind = KINDS.get(random.nextInt(KINDS.size()));
    Object value = switch (kind) {
      case FLOAT -> number();
      case INT -> integer(Long.SIZE);
      case STRING -> text();
      case TENSOR -> tensor();
      case FLOATS -> numbers(random.nextInt(6));
      case INTS -> integers(random.nextInt(6), ElementType.INT64);
      case STRINGS -> list(4, this::text);
      case OTHER -> null;
    };
    return new AttributeProto("a" + text(), kind, value);
  }

  private TensorProto tensor() {
    int[] dims = random.ints(random.nextInt(4), 0, 4).toArray();
    return tensor(TYPES.get(random.nextInt(TYPES.size())), dims);
  }

  private TensorProto tensor(ElementType type, int... dims) {
    int count = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    Object content = switch (type) {
      case DOUBLE -> Elements.tensor(random.longs(count).mapToDouble(Double::longBitsToDouble).toArray(), dims);
      case FLOAT -> Elements.tensor(numbers(count), dims);
      case FLOAT16, BFLOAT16 -> halves(type, count, dims);
      default -> integers(count, type);
    };
    return new TensorProto(text(), type, dims, content);
  }

  /// Values that 16 bits hold; a NaN is a quiet one, as processors make of all NaNs of 16 bits.
  private Tensor halves(ElementType type, int count, int... dims) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      short bits = (short) random.nextInt();
      values[i] = type == ElementType.FLOAT16 ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << Short.SIZE);
    }
    return Elements.tensor(values, dims);
  }

  private float number() {
    return Float.intBitsToFloat(random.nextInt());
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number();
    }
    return numbers;
  }

  private long[] integers(int count, ElementType type) {
    long[] integers = new long[count];
    for (int i = 0; i < count; i++) {
      long integer = integer(type.bits());
      integers[i] = switch (type) {
        case BOOL -> integer & 1;
        case UINT8, UINT16, UINT32 -> integer & (1L << type.bits()) - 1;
        default -> integer;
      };
    }
    return integers;
  }

  private long integer(int bits) {
    return random.nextLong() >> Long.SIZE - bits + random.nextInt(bits);
  }

  private ValueInfo value() {
    ElementType type = random.nextInt(4) == 0 ? ElementType.UNDEFINED
        : ElementType.values()[random.nextInt(ElementType.OTHER.ordinal())];
    return new ValueInfo(text(), type, random.nextInt(4) == 0 ? Optional.empty() : Optional.of(list(4, this::axis)));
  }

  private Dimension axis() {
    return random.nextBoolean() ? Dimension.of(random.nextLong() >>> random.nextInt(1, 60)) : Dimension.open(text());
  }

  private String text() {
    int[] letters = LETTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    random.ints(random.nextInt(5), 0, letters.length).forEach(i -> text.appendCodePoint(letters[i]));
    return text.toString();
  }

  private <T> List<T> list(int most, Supplier<T> element) {
    return Stream.generate(element).limit(random.nextInt(most + 1)).toList();
  }

  private <K, V> Map<K, V> map(Supplier<K> key, Supplier<V> value) {
    Map<K, V> map = new LinkedHashMap<>();
    list(3, key).forEach(k -> map.put(k, value.get()));
    return map;
  }
}
