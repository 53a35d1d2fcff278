/// Operators that move elements, and those that are evaluated when the file is read.
///
/// In reading order:
/// - `FormOperators`: the table of rules
/// - `Constants`: values that are known when the file is read
/// - `Casts`: elements of another type
/// - `Arranged`: values in another arrangement
/// - `Lengths`: lengths of axes that integers give
/// - `Forms`: the same elements in another form
/// - `Reshapes`: the same elements under other dims
/// - `Expansions`: operators that add elements
/// - `Padding`: a value while it is padded
/// - `Parts`: parts along axes
/// - `Gathers`: lookups
/// - `Scatters`: writes at constant indices
/// - `Joins`: concatenation
/// - `Triangles`: one side of a diagonal, running sums
/// - `Resizes`: images of other sizes
/// - `Sampling`: interpolation between elements
/// - `EinsteinSum`: products and sums by letters
package dev.lanewise.onnx.operator.form;
