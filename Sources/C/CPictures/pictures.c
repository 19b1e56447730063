#include "CPictures.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>
#include <png.h>
#include <webp/decode.h>

static void say(picture_report *report, const char *message) {
    snprintf(report->message, sizeof report->message, "%s", message);
    // One line, whatever a file wrote into a library's message.
    for (char *c = report->message; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F) *c = '?';
}

int picture_kind(const uint8_t *bytes, size_t count) {
    static const uint8_t png[8] = {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    if (count >= 8 && memcmp(bytes, png, 8) == 0) return PICTURE_PNG;
    if (count >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF) return PICTURE_JPEG;
    if (count >= 12 && memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WEBP", 4) == 0) return PICTURE_WEBP;
    return PICTURE_UNKNOWN;
}

// --- EXIF: a TIFF header (either order of bytes) and a first directory, in which entry 0x0112 says how to turn it.

static unsigned number(const uint8_t *bytes, int length, int big) {
    unsigned value = 0;
    for (int i = 0; i < length; i++) value |= (unsigned)bytes[i] << 8 * (big ? length - 1 - i : i);
    return value;
}

static int exif_orientation(const uint8_t *tiff, size_t count) {
    if (count >= 6 && memcmp(tiff, "Exif\0\0", 6) == 0) {
        tiff += 6;
        count -= 6;
    }
    if (count < 14) return 1;
    int big = tiff[0] == 'M' && tiff[1] == 'M';
    if (!big && !(tiff[0] == 'I' && tiff[1] == 'I')) return 1;
    if (number(tiff + 2, 2, big) != 42) return 1;
    size_t directory = number(tiff + 4, 4, big);
    if (directory > count - 2) return 1;
    unsigned entries = number(tiff + directory, 2, big);
    for (size_t place = directory + 2; entries > 0 && place + 12 <= count; entries--, place += 12) {
        if (number(tiff + place, 2, big) != 0x0112) continue;
        unsigned type = number(tiff + place + 2, 2, big);
        unsigned value = number(tiff + place + 8, type == 4 ? 4 : 2, big);
        return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

// Lays red, green, blue and alpha over black, and says whether anything is seen through.
static int over_black(const uint8_t *rgba, size_t count, uint8_t *rgb) {
    int transparent = 0;
    for (size_t place = 0; place < count; place++) {
        int alpha = rgba[4 * place + 3];
        transparent |= alpha < 255;
        for (int channel = 0; channel < 3; channel++)
            rgb[3 * place + channel] = (uint8_t)((rgba[4 * place + channel] * alpha + 127) / 255);
    }
    return transparent;
}

// --- PNG

typedef struct {
    const uint8_t *bytes;
    size_t count;
    size_t position;
    picture_report *report;
} png_source;

static void png_take(png_structp png, png_bytep target, size_t count) {
    png_source *source = png_get_io_ptr(png);
    if (count > source->count - source->position) png_error(png, "the data end too early");
    memcpy(target, source->bytes + source->position, count);
    source->position += count;
}

static void png_fail(png_structp png, png_const_charp message) {
    say(((png_source *)png_get_error_ptr(png))->report, message);
    png_longjmp(png, 1);
}

static void png_ignore(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static int png_run(png_source *source, int width, int height, uint8_t *rgb) {
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, source, png_fail, png_ignore);
    if (!png) {
        say(source->report, "memory is out");
        return 1;
    }
    // Set between setjmp and a jump, so kept out of registers.
    uint8_t *volatile whole = NULL;
    png_infop info = png_create_info_struct(png);
    if (!info) {
        png_destroy_read_struct(&png, NULL, NULL);
        say(source->report, "memory is out");
        return 1;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        free(whole);
        return 1;
    }
    png_set_read_fn(png, source, png_take);
    png_set_user_limits(png, 65535, 65535);
    // Comments and profiles may unpack to this much and no more.
    png_set_chunk_malloc_max(png, 4 << 20);
    png_set_chunk_cache_max(png, 64);
    png_read_info(png, info);
    source->report->width = (int)png_get_image_width(png, info);
    source->report->height = (int)png_get_image_height(png, info);
    png_bytep exif = NULL;
    png_uint_32 length = 0;
    if (png_get_eXIf_1(png, info, &length, &exif)) source->report->orientation = exif_orientation(exif, length);
    if (rgb) {
        if (source->report->width != width || source->report->height != height)
            png_error(png, "the size changed while it was read");
        int transparent =
            (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, info, PNG_INFO_tRNS);
        png_set_expand(png);
        png_set_scale_16(png);
        png_set_gray_to_rgb(png);
        int passes = png_set_interlace_handling(png);
        png_read_update_info(png, info);
        size_t stride = (size_t)width * (transparent ? 4 : 3);
        if (png_get_rowbytes(png, info) != stride) png_error(png, "the kind of pixels is not known");
        uint8_t *rows = rgb;
        if (transparent) {
            rows = whole = malloc(stride * height);
            if (!rows) png_error(png, "memory is out");
        }
        for (int pass = 0; pass < passes; pass++)
            for (int row = 0; row < height; row++) png_read_row(png, rows + row * stride, NULL);
        if (transparent) source->report->transparent = over_black(rows, (size_t)width * height, rgb);
        // Some writers put the EXIF after the pixels.
        png_read_end(png, info);
        png_bytep late = NULL;
        if (png_get_eXIf_1(png, info, &length, &late)) source->report->orientation = exif_orientation(late, length);
    }
    png_destroy_read_struct(&png, &info, NULL);
    free(whole);
    return 0;
}

// --- JPEG

typedef struct {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
    picture_report *report;
} jpeg_errors;

static void jpeg_fail(j_common_ptr info) {
    jpeg_errors *errors = (jpeg_errors *)info->err;
    char message[JMSG_LENGTH_MAX];
    errors->manager.format_message(info, message);
    say(errors->report, message);
    longjmp(errors->escape, 1);
}

// The library would fill up what is missing with grey: a picture that was cut off must not become data.
static void jpeg_warn(j_common_ptr info, int level) {
    if (level >= 0) return;
    int code = info->err->msg_code;
    if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER) {
        say(((jpeg_errors *)info->err)->report, "the data end too early");
        longjmp(((jpeg_errors *)info->err)->escape, 1);
    }
}

static void jpeg_ignore(j_common_ptr info) { (void)info; }

// A small file may announce thousands of passes over a large picture.
static void jpeg_count_scans(j_common_ptr info) {
    if (((j_decompress_ptr)info)->input_scan_number > 200) {
        say(((jpeg_errors *)info->err)->report, "it has more than 200 scans");
        longjmp(((jpeg_errors *)info->err)->escape, 1);
    }
}

static int jpeg_run(
    const uint8_t *bytes, size_t count, int width, int height, uint8_t *rgb, picture_report *report) {
    struct jpeg_decompress_struct info;
    struct jpeg_progress_mgr progress;
    jpeg_errors errors;
    uint8_t *volatile inks = NULL;
    memset(&info, 0, sizeof info);
    memset(&progress, 0, sizeof progress);
    info.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = jpeg_fail;
    errors.manager.emit_message = jpeg_warn;
    errors.manager.output_message = jpeg_ignore;
    errors.report = report;
    if (setjmp(errors.escape)) {
        jpeg_destroy_decompress(&info);
        free(inks);
        return 1;
    }
    jpeg_create_decompress(&info);
    progress.progress_monitor = jpeg_count_scans;
    info.progress = &progress;
    jpeg_mem_src(&info, bytes, count);
    jpeg_save_markers(&info, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&info, TRUE);
    for (jpeg_saved_marker_ptr marker = info.marker_list; marker; marker = marker->next) {
        if (marker->data_length < 6 || memcmp(marker->data, "Exif\0\0", 6) != 0) continue;
        report->orientation = exif_orientation(marker->data, marker->data_length);
        break;
    }
    report->width = (int)info.image_width;
    report->height = (int)info.image_height;
    if (rgb) {
        if (report->width != width || report->height != height) {
            say(report, "the size changed while it was read");
            longjmp(errors.escape, 1);
        }
        int printed = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
        info.out_color_space = printed ? JCS_CMYK : JCS_RGB;
        jpeg_start_decompress(&info);
        if (info.output_components != (printed ? 4 : 3) || (int)info.output_width != width
            || (int)info.output_height != height) {
            say(report, "the kind of pixels is not known");
            longjmp(errors.escape, 1);
        }
        if (printed && !(inks = malloc((size_t)width * 4))) {
            say(report, "memory is out");
            longjmp(errors.escape, 1);
        }
        while (info.output_scanline < info.output_height) {
            uint8_t *target = rgb + (size_t)info.output_scanline * width * 3;
            JSAMPROW row = printed ? inks : target;
            jpeg_read_scanlines(&info, &row, 1);
            // Adobe writes paper, 255 minus ink.
            for (int x = 0; printed && x < width; x++) {
                int paper[4];
                for (int ink = 0; ink < 4; ink++)
                    paper[ink] = info.saw_Adobe_marker ? inks[4 * x + ink] : 255 - inks[4 * x + ink];
                for (int channel = 0; channel < 3; channel++)
                    target[3 * x + channel] = (uint8_t)((paper[channel] * paper[3] + 127) / 255);
            }
        }
        jpeg_finish_decompress(&info);
    }
    jpeg_destroy_decompress(&info);
    free(inks);
    return 0;
}

// --- WebP

// The EXIF chunk of an extended file; chunks are padded to even lengths.
static int webp_orientation(const uint8_t *bytes, size_t count) {
    for (size_t place = 12; place + 8 <= count;) {
        size_t length = number(bytes + place + 4, 4, 0);
        if (length > count - place - 8) return 1;
        if (memcmp(bytes + place, "EXIF", 4) == 0) return exif_orientation(bytes + place + 8, length);
        place += 8 + length + (length & 1);
    }
    return 1;
}

static int webp_run(
    const uint8_t *bytes, size_t count, int width, int height, uint8_t *rgb, picture_report *report) {
    WebPBitstreamFeatures features;
    switch (WebPGetFeatures(bytes, count, &features)) {
    case VP8_STATUS_OK: break;
    case VP8_STATUS_NOT_ENOUGH_DATA: say(report, "the data end too early"); return 1;
    default: say(report, "its WebP header is damaged"); return 1;
    }
    report->width = features.width;
    report->height = features.height;
    report->orientation = webp_orientation(bytes, count);
    // Nothing but the canvas is known of it, which may have 2^24 pixels a side.
    if (features.has_animation) {
        say(report, "it is an animation; save the frame that is meant");
        return 1;
    }
    if (!rgb) return 0;
    if (features.width != width || features.height != height) {
        say(report, "the size changed while it was read");
        return 1;
    }
    size_t stride = (size_t)width * (features.has_alpha ? 4 : 3);
    uint8_t *rows = features.has_alpha ? malloc(stride * height) : rgb;
    if (!rows) {
        say(report, "memory is out");
        return 1;
    }
    const uint8_t *done = features.has_alpha ? WebPDecodeRGBAInto(bytes, count, rows, stride * height, (int)stride)
                                             : WebPDecodeRGBInto(bytes, count, rows, stride * height, (int)stride);
    if (done && features.has_alpha) report->transparent = over_black(rows, (size_t)width * height, rgb);
    if (rows != rgb) free(rows);
    if (done) return 0;
    size_t announced = 8 + (size_t)number(bytes + 4, 4, 0);
    say(report, announced > count ? "the data end too early" : "its WebP data are damaged");
    return 1;
}

static int run(
    const uint8_t *bytes, size_t count, int width, int height, uint8_t *rgb, picture_report *report) {
    memset(report, 0, sizeof *report);
    report->orientation = 1;
    switch (picture_kind(bytes, count)) {
    case PICTURE_PNG: {
        png_source source = {bytes, count, 0, report};
        return png_run(&source, width, height, rgb);
    }
    case PICTURE_JPEG: return jpeg_run(bytes, count, width, height, rgb, report);
    case PICTURE_WEBP: return webp_run(bytes, count, width, height, rgb, report);
    default: say(report, "it is neither PNG nor JPEG nor WebP"); return 1;
    }
}

int picture_size(const uint8_t *bytes, size_t count, picture_report *report) {
    return run(bytes, count, 0, 0, NULL, report);
}

int picture_decode(
    const uint8_t *bytes, size_t count, int width, int height, uint8_t *rgb, picture_report *report) {
    return run(bytes, count, width, height, rgb, report);
}
