package dev.lanewise.kernel.chain;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.lanewise.kernel.lanes.MultiplyAdd;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/// Code for the products of one chain of small layers, without a loop: each sum is written out, as one would by hand.
///
/// A loop of four to eight iterations costs more than its sums: bounds are checked, iterations are counted, and C2
/// unrolls for more of them.
///
/// The class is made at run time (`java.lang.classfile`), hidden and unloaded with its chain. Sums have the order of
/// the loops, hence the same bits; so the loops take over where a virtual machine defines no classes.
final class StraightLine {

  /// Defines a class from its bytes.
  interface Definer {

    Class<?> define(byte[] bytes) throws ReflectiveOperationException;
  }

  /// HotSpot never compiles a method of more than 8,000 bytes.
  private static final int MOST_BYTES = 7_800;
  private static final int BYTES_OF_MULTIPLY_ADD = 18;
  /// The bytes to load an element, change it and keep it.
  private static final int BYTES_OF_ELEMENT = 15;
  /// The longest sum: two numbers for each of its terms are in locals, and only 255 of these have short instructions.
  private static final int MOST_TERMS = 60;

  static final Definer HIDDEN = bytes -> MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();

  private final int[] widths;
  private final boolean[] biased;
  private final boolean forward;
  private final TypeKind kind;
  private final ClassDesc number;
  private final ClassDesc self;
  private final MethodTypeDesc affine;
  private final MethodTypeDesc product;
  private final MethodTypeDesc fma;

  private StraightLine(int[] widths, boolean[] biased, boolean forward, boolean single) {
    this.widths = widths;
    this.biased = biased;
    this.forward = forward;
    this.kind = single ? TypeKind.FLOAT : TypeKind.DOUBLE;
    this.number = single ? CD_float : CD_double;
    this.self = ClassDesc.of(StraightLine.class.getPackageName(), "StraightLineCode");
    ClassDesc array = number.arrayType();
    this.affine = MethodTypeDesc.of(CD_void, array, CD_int, array, CD_int, array, CD_int, array);
    this.product = MethodTypeDesc.of(CD_void, array, CD_int, array, array, CD_int, array, CD_int);
    this.fma = MethodTypeDesc.of(number, number, number, number);
  }

  /// Whether every step of the chain is short enough.
  static boolean isFor(int[] widths, boolean forward) {
    int layers = widths.length - 1;
    for (int layer = 0; layer < layers; layer++) {
      int in = widths[layer];
      int out = widths[layer + 1];
      boolean isSeed = layer == (forward ? 0 : layers - 1);
      if (!fits(out, 1, in, 0) || !isSeed
          && !(forward ? fits(out, widths[0], in, out) : fits(widths[layers], in, out, widths[layers]))) {
        return false;
      }
    }
    return true;
  }

  /// @param scaled the number of rows of k that are scaled first
  private static boolean fits(int m, int n, int k, int scaled) {
    long bytes = BYTES_OF_ELEMENT * (k + (long) scaled * k + (long) m * n) + BYTES_OF_MULTIPLY_ADD * (long) m * n * k;
    return k <= MOST_TERMS && bytes <= MOST_BYTES;
  }

  /// Compiles a chain to an implementation of `type`, which is [FloatChainCode] or [DoubleChainCode]; returns `null` if
  /// the virtual machine defines no classes at run time, as in a native image.
  static <T> T compile(Class<T> type, int[] widths, boolean[] biased, boolean forward, Definer definer) {
    StraightLine chain = new StraightLine(widths, biased, forward, type == FloatChainCode.class);
    try {
      byte[] bytes = ClassFile.of().build(chain.self, builder -> chain.write(builder, type));
      return type.cast(definer.define(bytes).getDeclaredConstructor().newInstance());
    } catch (VirtualMachineError failed) {
      throw failed;
    } catch (ReflectiveOperationException | RuntimeException | Error refused) {
      // A native image refuses with an Error that no type of the JDK identifies.
      System.getLogger("dev.lanewise")
          .log(System.Logger.Level.DEBUG, "Lanewise computes a chain of small layers by loops: {0}", refused);
      return null;
    }
  }

  private void write(ClassBuilder builder, Class<?> type) {
    builder.withFlags(AccessFlag.FINAL).withInterfaceSymbols(type.describeConstable().orElseThrow());
    builder.withMethodBody(INIT_NAME, MTD_void, 0,
        code -> code.aload(0).invokespecial(ConstantDescs.CD_Object, INIT_NAME, MTD_void).return_());
    int layers = widths.length - 1;
    List<Integer> products = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      int at = layer;
      builder.withMethodBody("affine" + layer, affine, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
          code -> affine(code, at));
      if (layer != (forward ? 0 : layers - 1)) {
        products.add(layer);
        builder.withMethodBody("product" + layer, product, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
            code -> product(code, at));
      }
    }
    List<Integer> all = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      all.add(layer);
    }
    dispatch(builder, "affine", affine, all);
    dispatch(builder, "product", product, products);
  }

  /// The interface's method: calls the method of the layer that its first argument names.
  private void dispatch(ClassBuilder builder, String name, MethodTypeDesc type, List<Integer> layers) {
    builder.withMethodBody(name, type.insertParameterTypes(0, CD_int), ClassFile.ACC_PUBLIC, code -> {
      var labels = layers.stream().map(_ -> code.newLabel()).toList();
      var end = code.newLabel();
      List<SwitchCase> cases = new ArrayList<>();
      for (int at = 0; at < layers.size(); at++) {
        cases.add(SwitchCase.of(layers.get(at), labels.get(at)));
      }
      code.iload(1).lookupswitch(end, cases);
      for (int at = 0; at < layers.size(); at++) {
        code.labelBinding(labels.get(at));
        int slot = 2;
        for (ClassDesc parameter : type.parameterList()) {
          TypeKind each = TypeKind.from(parameter);
          code.loadLocal(each, slot);
          slot += each.slotSize();
        }
        code.invokestatic(self, name + layers.get(at), type).return_();
      }
      code.labelBinding(end).return_();
    });
  }

  /// z = W·x + b; w, wt, b, bt, x, xt, z in slots 0 to 6.
  private void affine(CodeBuilder code, int layer) {
    int in = widths[layer];
    int x = 7;
    int sum = x + in * kind.slotSize();
    for (int p = 0; p < in; p++) {
      element(code, 4, 5, p);
      code.storeLocal(kind, x + p * kind.slotSize());
    }
    for (int i = 0; i < widths[layer + 1]; i++) {
      if (biased[layer]) {
        element(code, 2, 3, i);
      } else {
        zero(code);
      }
      code.storeLocal(kind, sum);
      for (int p = 0; p < in; p++) {
        element(code, 0, 1, i * in + p);
        code.loadLocal(kind, x + p * kind.slotSize());
        addTo(code, sum);
      }
      code.aload(6).loadConstant(i).loadLocal(kind, sum).arrayStore(kind);
    }
    code.return_();
  }

  /// C = A·diag(s)·B; a, at, s, b, bt, c, ct in slots 0 to 6.
  private void product(CodeBuilder code, int layer) {
    int layers = widths.length - 1;
    int m = forward ? widths[layer + 1] : widths[layers];
    int n = forward ? widths[0] : widths[layer];
    int k = forward ? widths[layer] : widths[layer + 1];
    int slope = 7;
    int row = slope + k * kind.slotSize();
    int sum = row + k * kind.slotSize();
    for (int p = 0; p < k; p++) {
      code.aload(2).loadConstant(p).arrayLoad(kind).storeLocal(kind, slope + p * kind.slotSize());
    }
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        element(code, 0, 1, i * k + p);
        code.loadLocal(kind, slope + p * kind.slotSize());
        multiply(code);
        code.storeLocal(kind, row + p * kind.slotSize());
      }
      for (int j = 0; j < n; j++) {
        zero(code);
        code.storeLocal(kind, sum);
        for (int p = 0; p < k; p++) {
          code.loadLocal(kind, row + p * kind.slotSize());
          element(code, 3, 4, p * n + j);
          addTo(code, sum);
        }
        code.aload(5).iload(6).loadConstant(i * n + j).iadd().loadLocal(kind, sum).arrayStore(kind);
      }
    }
    code.return_();
  }

  private void element(CodeBuilder code, int array, int offset, int index) {
    code.aload(array).iload(offset).loadConstant(index).iadd().arrayLoad(kind);
  }

  /// Multiplies the two numbers on the stack and adds them to a local, like [MultiplyAdd].
  private void addTo(CodeBuilder code, int sum) {
    if (MultiplyAdd.FUSED) {
      code.loadLocal(kind, sum).invokestatic(ClassDesc.of("java.lang.Math"), "fma", fma);
    } else {
      multiply(code);
      code.loadLocal(kind, sum);
      add(code);
    }
    code.storeLocal(kind, sum);
  }

  private void add(CodeBuilder code) {
    if (kind == TypeKind.FLOAT) {
      code.fadd();
    } else {
      code.dadd();
    }
  }

  private void zero(CodeBuilder code) {
    if (kind == TypeKind.FLOAT) {
      code.fconst_0();
    } else {
      code.dconst_0();
    }
  }

  private void multiply(CodeBuilder code) {
    if (kind == TypeKind.FLOAT) {
      code.fmul();
    } else {
      code.dmul();
    }
  }
}
