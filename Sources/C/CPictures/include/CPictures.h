// PNG, JPEG and WebP pictures in memory, through libpng, libjpeg and libwebp. The errors of the first two jump over
// stack frames, which Swift must never see (libwebp jumps nowhere): every function here returns a code, and says what
// is wrong in `message`.
#ifndef SITTER_CPICTURES_H
#define SITTER_CPICTURES_H

#include <stddef.h>
#include <stdint.h>

enum { PICTURE_UNKNOWN = 0, PICTURE_PNG = 1, PICTURE_JPEG = 2, PICTURE_WEBP = 3 };

typedef struct {
    // As stored, before the picture is turned.
    int width;
    int height;
    // How it is to be turned: EXIF's number, 1 to 8; 1 where it stands upright or nothing is said.
    int orientation;
    // Whether anything in it is transparent; known once it is decoded.
    int transparent;
    // What is wrong, empty where nothing is.
    char message[200];
} picture_report;

// Which format the first bytes announce.
int picture_kind(const uint8_t *bytes, size_t count);

// Reads width and height from the header; 0 where that worked.
int picture_size(const uint8_t *bytes, size_t count, picture_report *report);

// Decodes into `rgb`, which takes exactly 3 x width x height bytes; another size in the header is an error. Colour maps
// are resolved, grey becomes three equal channels, 16 bits are rounded to 8, what is transparent is laid over black,
// CMYK becomes the light that is left. The picture lies as stored: the caller turns it. 0 where that worked.
int picture_decode(
    const uint8_t *bytes, size_t count, int width, int height, uint8_t *rgb, picture_report *report);

#endif
