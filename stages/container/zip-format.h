/* The records of a zip file (PKWARE APPNOTE 6.3): signatures, sizes and little-endian fields. */
#ifndef TW_CONTAINER_ZIP_FORMAT_H
#define TW_CONTAINER_ZIP_FORMAT_H

#include <stdint.h>

enum {
    ZIP_LOCAL_SIZE = 30,
    ZIP_CENTRAL_SIZE = 46,
    ZIP_END_SIZE = 22,
    ZIP64_END_SIZE = 56,
    ZIP64_LOCATOR_SIZE = 20,
};

#define ZIP_LOCAL_SIGNATURE UINT32_C(0x04034b50)
#define ZIP_CENTRAL_SIGNATURE UINT32_C(0x02014b50)
#define ZIP_END_SIGNATURE UINT32_C(0x06054b50)
#define ZIP64_END_SIGNATURE UINT32_C(0x06064b50)
#define ZIP64_LOCATOR_SIGNATURE UINT32_C(0x07064b50)
#define ZIP_DESCRIPTOR_SIGNATURE UINT32_C(0x08074b50)

enum zip_flag {
    ZIP_ENCRYPTED = 1 << 0,
    ZIP_DESCRIPTOR = 1 << 3,
    ZIP_STRONG_ENCRYPTION = 1 << 6,
    ZIP_UTF8 = 1 << 11,
    ZIP_MASKED_HEADER = 1 << 13,
};

enum zip_method { ZIP_STORED = 0, ZIP_DEFLATED = 8, ZIP_AES = 99 };

enum zip_extra { ZIP_EXTRA_ZIP64 = 0x0001, ZIP_EXTRA_UNICODE_PATH = 0x7075 };

static inline uint16_t zip_u16(const unsigned char *p) {
    return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t zip_u32(const unsigned char *p) {
    return (uint32_t)zip_u16(p) | (uint32_t)zip_u16(p + 2) << 16;
}

static inline uint64_t zip_u64(const unsigned char *p) {
    return (uint64_t)zip_u32(p) | (uint64_t)zip_u32(p + 4) << 32;
}

#endif
