package dev.lanewise.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.util.List;
import javax.lang.model.element.Modifier;

/// Goes through the members of a file that a user sees, and no deeper: types, methods that override nothing, and
/// fields.
abstract class PublicMembers extends TreePathScanner<Void, Void> {

  final DocTrees comments;
  private final CompilationUnitTree unit;

  PublicMembers(JavacTask task, CompilationUnitTree unit) {
    this.comments = DocTrees.instance(task);
    this.unit = unit;
  }

  /// Called for each of them, at the path of it.
  abstract void member(CharSequence name, Tree member);

  @Override
  public Void visitClass(ClassTree type, Void unused) {
    if (isSeen(type.getModifiers())) {
      member(type.getSimpleName(), type);
      super.visitClass(type, unused);
    }
    return null;
  }

  @Override
  public Void visitMethod(MethodTree method, Void unused) {
    if (isSeen(method.getModifiers()) && !overrides(method.getModifiers().getAnnotations())) {
      member(method.getName(), method);
    }
    return null;
  }

  @Override
  public Void visitVariable(VariableTree field, Void unused) {
    boolean component = parent().getKind() == Tree.Kind.RECORD
        && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    if (isSeen(field.getModifiers()) && !component) {
      member(field.getName(), field);
    }
    return null;
  }

  private static boolean overrides(List<? extends AnnotationTree> annotations) {
    return annotations.stream().anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
  }

  private boolean isSeen(ModifiersTree modifiers) {
    return modifiers.getFlags().contains(Modifier.PUBLIC) || modifiers.getFlags().contains(Modifier.PROTECTED)
        || parent().getKind() == Tree.Kind.INTERFACE && !modifiers.getFlags().contains(Modifier.PRIVATE);
  }

  private Tree parent() {
    return getCurrentPath().getParentPath().getLeaf();
  }

  String where(CharSequence name) {
    long start = comments.getSourcePositions().getStartPosition(unit, getCurrentPath().getLeaf());
    return unit.getSourceFile().getName() + ":" + unit.getLineMap().getLineNumber(start) + " " + name;
  }
}
