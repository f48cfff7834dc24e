/* A libnvidia-ml.so.1 without a GPU: it answers as its script says.
 *
 *   gcc -shared -fPIC -o libnvidia-ml.so.1 nvml_stub.c
 *   NVML_LIBRARY=/path/libnvidia-ml.so.1 NVML_STUB_SCRIPT=/path/script facefusion serve
 *
 * The script is the file that NVML_STUB_SCRIPT names, else the one beside the library with `.script` after the library's
 * name. It is read again at every call, so a change shows at once; without one there is one sound GPU. It is text, one
 * statement a line, `#` begins a comment, memory is in MiB, and `*` stands for every GPU:
 *
 *   gpus 2                          how many GPUs there are (1)
 *   name NVIDIA H100 80GB HBM3      of every GPU
 *   memory TOTAL RESERVED USED      of every GPU (81559 623 7421); a slice has a seventh of each
 *   leak 512                        memory in use grows by so much at every question for it, from when this is first read in
 *                                   a process: the runtime asks once a second
 *   mig 0 2                         GPU 0 is partitioned and shows us 2 slices
 *   pid 4711 1024                   a compute process on every GPU and slice, and the memory it holds
 *   set temperature 0 91            a figure of GPU 0: utilization temperature slowdown power power_limit (mW) sm_clock
 *                                   throttle (bits) ecc_corrected ecc_uncorrected remap_pending remap_failed
 *   fail nvmlInit_v2 9              the function returns this code
 *   fail nvmlDeviceGetTemperature 0 999     for GPU 0 only
 *   lost 0                          GPU 0 is off the bus: every call for it returns GPU_IS_LOST
 *   block nvmlDeviceGetUUID 30      the function takes so many seconds, or until this line is gone; meanwhile there is a
 *                                   file with `.blocked` after the script's name
 *   xid 0 79 1                      GPU 0 reports Xid 79, once for each last number that is higher than any before
 *
 * -DOLD leaves out the functions that old drivers do not have, -DNEW those that new ones have dropped.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUCCESS 0
#define INVALID_ARGUMENT 2
#define NOT_SUPPORTED 3
#define NOT_FOUND 6
#define INSUFFICIENT_SIZE 7
#define TIMEOUT 10
#define GPU_IS_LOST 15
#define MEMORY_V2 0x2000028u
#define MIB (1024ull * 1024ull)
#define MAX_GPUS 16
#define MAX_SLICES 7
#define XID_EVENT 0x8ull

typedef unsigned long long u64;
typedef struct { int gpu, slice; /* -1: the whole GPU */ u64 asked; } Device;
typedef struct { u64 total, free, used; } Memory;
typedef struct { unsigned version; u64 total, reserved, free, used; } MemoryV2;
typedef struct { unsigned gpu, memory; } Utilization;
typedef struct { unsigned pid; u64 used; unsigned gpuInstance, computeInstance; } Process;
typedef struct { Device *device; u64 type, data; unsigned gpuInstance, computeInstance; } Event;
typedef struct { unsigned version; int sensor, temperature; } TemperatureV1;

static Device devices[MAX_GPUS][MAX_SLICES + 1];

/* The script. */

static void script_path(const char *suffix, char path[4096]) {
  const char *named = getenv("NVML_STUB_SCRIPT");
  Dl_info library;
  if (named != NULL) snprintf(path, 4096, "%s%s", named, suffix);
  else if (dladdr((void *)script_path, &library) != 0) snprintf(path, 4096, "%s.script%s", library.dli_fname, suffix);
  else *path = 0;
}

static FILE *script(void) {
  char path[4096];
  script_path("", path);
  return fopen(path, "r");
}

/* Calls `line` for each statement that begins with `word`, with what follows it. */
static void each(const char *word, void (*line)(const char *rest, void *into), void *into) {
  char text[512];
  FILE *file = script();
  if (file == NULL) return;
  size_t length = strlen(word);
  while (fgets(text, sizeof text, file)) {
    text[strcspn(text, "#\r\n")] = 0;
    if (strncmp(text, word, length) == 0 && text[length] == ' ') line(text + length + 1, into);
  }
  fclose(file);
}

static void take_number(const char *rest, void *into) { *(u64 *)into = strtoull(rest, NULL, 0); }

static u64 number(const char *word, u64 otherwise) {
  each(word, take_number, &otherwise);
  return otherwise;
}

static int names(const char *gpu, int wanted) { return *gpu == '*' || atoi(gpu) == wanted; }

typedef struct { const char *name; int gpu; u64 value; } Figure;

static void take_figure(const char *rest, void *into) {
  Figure *wanted = into;
  char name[64], gpu[16], value[32];
  if (sscanf(rest, "%63s %15s %31s", name, gpu, value) == 3 && strcmp(name, wanted->name) == 0 &&
      names(gpu, wanted->gpu))
    wanted->value = strtoull(value, NULL, 0);
}

static u64 figure(const char *name, int gpu, u64 otherwise) {
  Figure wanted = {name, gpu, otherwise};
  each("set", take_figure, &wanted);
  return wanted.value;
}

typedef struct { const char *function; int gpu; int code; } Failure;

static void take_failure(const char *rest, void *into) {
  Failure *wanted = into;
  char function[64], first[16], second[16];
  int words = sscanf(rest, "%63s %15s %15s", function, first, second);
  if (words < 2 || strcmp(function, wanted->function) != 0) return;
  if (words == 2) wanted->code = atoi(first);
  else if (names(first, wanted->gpu)) wanted->code = atoi(second);
}

static void take_lost(const char *rest, void *into) {
  Failure *wanted = into;
  if (names(rest, wanted->gpu)) wanted->code = GPU_IS_LOST;
}

static void take_block(const char *rest, void *into) {
  Failure *wanted = into;
  char function[64];
  int seconds;
  if (sscanf(rest, "%63s %d", function, &seconds) == 2 && strcmp(function, wanted->function) == 0)
    wanted->code = seconds;
}

static void block(const char *function) {
  char marker[4096];
  script_path(".blocked", marker);
  for (int waited = 0;; waited++) {
    Failure seconds = {function, -1, 0};
    each("block", take_block, &seconds);
    if (waited >= seconds.code * 10) {
      if (waited > 0) unlink(marker);
      return;
    }
    if (waited == 0) close(open(marker, O_CREAT | O_WRONLY, 0644));
    usleep(100 * 1000);
  }
}

/* What the script makes of a call before it does its work; `gpu` is -1 where it is for none. */
static int enter(const char *function, int gpu) {
  Failure failure = {function, gpu, SUCCESS};
  block(function);
  if (gpu >= 0) each("lost", take_lost, &failure);
  each("fail", take_failure, &failure);
  return failure.code;
}

#define ENTER(gpu)                          \
  do {                                      \
    int code = enter(__func__, gpu);        \
    if (code != SUCCESS) return code;       \
  } while (0)

/* Memory. */

static void take_memory(const char *rest, void *into) {
  u64 *size = into;
  sscanf(rest, "%llu %llu %llu", &size[0], &size[1], &size[2]);
}

/* Bytes: total, reserved, used by processes. */
static void memory_of(Device *device, u64 size[3]) {
  size[0] = 81559, size[1] = 623, size[2] = 7421;
  each("memory", take_memory, size);
  u64 leak = number("leak", 0);
  size[2] += leak * device->asked;
  device->asked = leak == 0 ? 0 : device->asked + 1;
  for (int i = 0; i < 3; i++) size[i] *= MIB;
  if (device->slice >= 0) for (int i = 0; i < 3; i++) size[i] /= MAX_SLICES;
  if (size[1] + size[2] > size[0]) size[2] = size[0] - size[1];
}

/* MIG. */

static void take_mig(const char *rest, void *into) {
  int *wanted = into, gpu, slices;
  if (sscanf(rest, "%d %d", &gpu, &slices) == 2 && gpu == wanted[0]) wanted[1] = slices;
}

static int slices_of(int gpu) {
  int wanted[2] = {gpu, -1};
  each("mig", take_mig, wanted);
  return wanted[1];
}

static Device *device(int gpu, int slice) {
  Device *found = &devices[gpu][slice + 1];
  found->gpu = gpu, found->slice = slice;
  return found;
}

/* The library. */

int nvmlInit_v2(void) { ENTER(-1); return SUCCESS; }

int nvmlDeviceGetCount_v2(unsigned *count) {
  ENTER(-1);
  *count = (unsigned)number("gpus", 1);
  return SUCCESS;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, Device **found) {
  ENTER((int)index);
  if (index >= number("gpus", 1) || index >= MAX_GPUS) return INVALID_ARGUMENT;
  *found = device((int)index, -1);
  return SUCCESS;
}

static void take_text(const char *rest, void *into) { snprintf(into, 96, "%s", rest); }

int nvmlDeviceGetName(Device *of, char *name, unsigned length) {
  char text[96] = "NVIDIA H100 80GB HBM3";
  ENTER(of->gpu);
  each("name", take_text, text);
  snprintf(name, length, "%s%s", text, of->slice < 0 ? "" : " MIG 1g.10gb");
  return SUCCESS;
}

int nvmlDeviceGetUUID(Device *of, char *uuid, unsigned length) {
  ENTER(of->gpu);
  if (of->slice < 0) snprintf(uuid, length, "GPU-00000000-0000-0000-0000-%012d", of->gpu);
  else snprintf(uuid, length, "MIG-00000000-0000-0000-%04d-%012d", of->slice, of->gpu);
  return SUCCESS;
}

int nvmlDeviceGetMemoryInfo(Device *of, Memory *memory) {
  u64 size[3];
  ENTER(of->gpu);
  memory_of(of, size);
  *memory = (Memory){size[0], size[0] - size[1] - size[2], size[1] + size[2]};
  return SUCCESS;
}

int nvmlDeviceGetUtilizationRates(Device *of, Utilization *rates) {
  ENTER(of->gpu);
  if (slices_of(of->gpu) >= 0) return NOT_SUPPORTED;
  *rates = (Utilization){(unsigned)figure("utilization", of->gpu, 83), 40};
  return SUCCESS;
}

#define FIGURE(function, type, name, otherwise)                  \
  int function(Device *of, type *value) {                        \
    ENTER(of->gpu);                                              \
    *value = (type)figure(name, of->gpu, otherwise);             \
    return SUCCESS;                                              \
  }

FIGURE(nvmlDeviceGetPowerUsage, unsigned, "power", 311400)
FIGURE(nvmlDeviceGetEnforcedPowerLimit, unsigned, "power_limit", 700000)

#ifndef NEW

FIGURE(nvmlDeviceGetCurrentClocksThrottleReasons, u64, "throttle", 0)

int nvmlDeviceGetTemperature(Device *of, int sensor, unsigned *value) {
  ENTER(of->gpu);
  if (sensor != 0) return INVALID_ARGUMENT;
  *value = (unsigned)figure("temperature", of->gpu, 54);
  return SUCCESS;
}

#endif

int nvmlDeviceGetTemperatureThreshold(Device *of, int threshold, unsigned *value) {
  ENTER(of->gpu);
  *value = (unsigned)(threshold == 1 ? figure("slowdown", of->gpu, 87) : 92);
  return SUCCESS;
}

int nvmlDeviceGetClockInfo(Device *of, int type, unsigned *value) {
  ENTER(of->gpu);
  *value = (unsigned)(type == 1 ? figure("sm_clock", of->gpu, 1755) : 2619);
  return SUCCESS;
}

int nvmlDeviceGetTotalEccErrors(Device *of, int type, int counter, u64 *count) {
  ENTER(of->gpu);
  if (counter != 0) return INVALID_ARGUMENT;
  *count = figure(type == 1 ? "ecc_uncorrected" : "ecc_corrected", of->gpu, 0);
  return SUCCESS;
}

#ifndef OLD

int nvmlDeviceGetMemoryInfo_v2(Device *of, MemoryV2 *memory) {
  u64 size[3];
  ENTER(of->gpu);
  if (memory->version != MEMORY_V2) return 25;
  memory_of(of, size);
  *memory = (MemoryV2){MEMORY_V2, size[0], size[1], size[0] - size[1] - size[2], size[2]};
  return SUCCESS;
}

FIGURE(nvmlDeviceGetCurrentClocksEventReasons, u64, "throttle", 0)

int nvmlDeviceGetRemappedRows(Device *of, unsigned *corrected, unsigned *uncorrected, unsigned *pending,
                              unsigned *failed) {
  ENTER(of->gpu);
  *corrected = *uncorrected = 0;
  *pending = (unsigned)figure("remap_pending", of->gpu, 0);
  *failed = (unsigned)figure("remap_failed", of->gpu, 0);
  return SUCCESS;
}

typedef struct { unsigned count, room; Process *into; } Processes;

static void take_process(const char *rest, void *into) {
  Processes *all = into;
  unsigned pid;
  u64 used;
  if (sscanf(rest, "%u %llu", &pid, &used) != 2) return;
  if (all->count < all->room) all->into[all->count] = (Process){pid, used * MIB, -1u, -1u};
  all->count++;
}

int nvmlDeviceGetComputeRunningProcesses_v3(Device *of, unsigned *count, Process *into) {
  Processes all = {0, *count, into};
  ENTER(of->gpu);
  each("pid", take_process, &all);
  *count = all.count;
  return all.count > all.room ? INSUFFICIENT_SIZE : SUCCESS;
}

int nvmlDeviceGetMigMode(Device *of, unsigned *current, unsigned *pending) {
  ENTER(of->gpu);
  *current = *pending = slices_of(of->gpu) >= 0;
  return SUCCESS;
}

int nvmlDeviceGetMaxMigDeviceCount(Device *of, unsigned *count) {
  ENTER(of->gpu);
  *count = MAX_SLICES;
  return SUCCESS;
}

int nvmlDeviceGetMigDeviceHandleByIndex(Device *of, unsigned index, Device **slice) {
  ENTER(of->gpu);
  if ((int)index >= slices_of(of->gpu)) return NOT_FOUND;
  *slice = device(of->gpu, (int)index);
  return SUCCESS;
}

int nvmlDeviceGetGpuInstanceId(Device *of, unsigned *id) {
  ENTER(of->gpu);
  if (of->slice < 0) return INVALID_ARGUMENT;
  *id = (unsigned)of->slice + 7;
  return SUCCESS;
}

static u64 seen_xid[MAX_GPUS];

int nvmlEventSetCreate(void **set) {
  ENTER(-1);
  *set = &seen_xid;
  return SUCCESS;
}

int nvmlEventSetFree(void *set) { (void)set; return SUCCESS; }

int nvmlDeviceRegisterEvents(Device *of, u64 types, void *set) {
  ENTER(of->gpu);
  return types == XID_EVENT && set == &seen_xid && of->slice < 0 ? SUCCESS : INVALID_ARGUMENT;
}

static void take_event(const char *rest, void *into) {
  Event *event = into;
  int gpu;
  u64 xid, number;
  if (event->device != NULL || sscanf(rest, "%d %llu %llu", &gpu, &xid, &number) != 3) return;
  if (number <= seen_xid[gpu]) return;
  seen_xid[gpu] = number;
  *event = (Event){device(gpu, -1), XID_EVENT, xid, -1u, -1u};
}

int nvmlEventSetWait_v2(void *set, Event *event, unsigned milliseconds) {
  (void)set;
  ENTER(-1);
  for (unsigned waited = 0;; waited += 20) {
    Event found = {0};
    each("xid", take_event, &found);
    if (found.device != NULL) {
      *event = found;
      return SUCCESS;
    }
    if (waited >= milliseconds) return TIMEOUT;
    usleep(20 * 1000);
  }
}

#endif

int nvmlDeviceGetTemperatureV(Device *of, TemperatureV1 *temperature) {
  ENTER(of->gpu);
  if (temperature->version != 0x100000cu) return 25;
  temperature->temperature = (int)figure("temperature", of->gpu, 54);
  return SUCCESS;
}
