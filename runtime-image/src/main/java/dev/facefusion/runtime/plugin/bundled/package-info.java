/// The health plug-ins that ship. They use nothing that a person's own plug-in could not.
@NullMarked
package dev.facefusion.runtime.plugin.bundled;

import org.jspecify.annotations.NullMarked;
