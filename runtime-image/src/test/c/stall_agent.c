/* A JVMTI agent that hangs the engine of a running `facefusion serve`, as a driver would, or slows it down, while
 * everything else goes on.
 *
 *   gcc -shared -fPIC -I$JAVA_HOME/include -I$JAVA_HOME/include/linux -o stall_agent.so stall_agent.c
 *   JAVA_TOOL_OPTIONS=-agentpath:/path/stall_agent.so=/path/stall facefusion serve
 *
 * While there is a file of that name, no run of a model begins: the native call does not return until the file is gone.
 * Where the file holds a number, each run begins so many milliseconds late instead. A file that is older than the process
 * has no effect: a restart cures the hang.
 */
#include <jvmti.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TYPE "Lai/onnxruntime/OrtSession;"
#define METHOD "run"
#define SIGNATURE "(JJJ[Ljava/lang/String;[JJ[Ljava/lang/String;J[Lai/onnxruntime/OnnxValue;[JJ)[Z"
#define PERIOD_MILLIS 100

typedef jbooleanArray (JNICALL *Run)(JNIEnv *, jobject, jlong, jlong, jlong, jobjectArray, jlongArray, jlong, jobjectArray,
                                     jlong, jobjectArray, jlongArray, jlong);

static char file[4096];
static struct timespec start;
static Run run;

static int wanted(void) {
  struct stat found;
  if (stat(file, &found) != 0) return 0;
  struct timespec at = found.st_mtim;
  return at.tv_sec > start.tv_sec || (at.tv_sec == start.tv_sec && at.tv_nsec > start.tv_nsec);
}

static long delay_millis(void) {
  long millis = LONG_MAX;
  FILE *opened = fopen(file, "r");
  if (opened == NULL) return 0;
  if (fscanf(opened, "%ld", &millis) != 1) millis = LONG_MAX;
  fclose(opened);
  return millis;
}

static jbooleanArray JNICALL late(JNIEnv *jni, jobject session, jlong a, jlong b, jlong c, jobjectArray d, jlongArray e,
                                  jlong f, jobjectArray g, jlong h, jobjectArray i, jlongArray j, jlong k) {
  for (long waited = 0; wanted() && waited < delay_millis(); waited += PERIOD_MILLIS) usleep(PERIOD_MILLIS * 1000);
  return run(jni, session, a, b, c, d, e, f, g, h, i, j, k);
}

static int is_run(jvmtiEnv *jvmti, jmethodID method) {
  jclass type;
  char *type_name, *name, *signature;
  if ((*jvmti)->GetMethodDeclaringClass(jvmti, method, &type) != JVMTI_ERROR_NONE ||
      (*jvmti)->GetClassSignature(jvmti, type, &type_name, NULL) != JVMTI_ERROR_NONE ||
      (*jvmti)->GetMethodName(jvmti, method, &name, &signature, NULL) != JVMTI_ERROR_NONE)
    return 0;
  int is = strcmp(type_name, TYPE) == 0 && strcmp(name, METHOD) == 0 && strcmp(signature, SIGNATURE) == 0;
  (*jvmti)->Deallocate(jvmti, (unsigned char *)type_name);
  (*jvmti)->Deallocate(jvmti, (unsigned char *)name);
  (*jvmti)->Deallocate(jvmti, (unsigned char *)signature);
  return is;
}

static void JNICALL bound(jvmtiEnv *jvmti, JNIEnv *jni, jthread thread, jmethodID method, void *address, void **instead) {
  (void)jni, (void)thread;
  if (!is_run(jvmti, method)) return;
  run = (Run)address;
  *instead = (void *)late;
}

JNIEXPORT jint JNICALL Agent_OnLoad(JavaVM *vm, char *options, void *reserved) {
  (void)reserved;
  jvmtiEnv *jvmti;
  jvmtiCapabilities capabilities = {0};
  jvmtiEventCallbacks callbacks = {0};
  if (options == NULL || strlen(options) >= sizeof file) return JNI_ERR;
  strcpy(file, options);
  clock_gettime(CLOCK_REALTIME, &start);
  if ((*vm)->GetEnv(vm, (void **)&jvmti, JVMTI_VERSION_1_2) != JNI_OK) return JNI_ERR;
  capabilities.can_generate_native_method_bind_events = 1;
  callbacks.NativeMethodBind = bound;
  if ((*jvmti)->AddCapabilities(jvmti, &capabilities) != JVMTI_ERROR_NONE ||
      (*jvmti)->SetEventCallbacks(jvmti, &callbacks, sizeof callbacks) != JVMTI_ERROR_NONE ||
      (*jvmti)->SetEventNotificationMode(jvmti, JVMTI_ENABLE, JVMTI_EVENT_NATIVE_METHOD_BIND, NULL) != JVMTI_ERROR_NONE)
    return JNI_ERR;
  return JNI_OK;
}
